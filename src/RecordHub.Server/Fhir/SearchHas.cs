using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Reads reverse chains of one step, such as <c>_has:Observation:patient:code</c> (R4 search.html §has). Pure.</summary>
internal static class SearchHas
{
    private const string Example = "as in Patient?_has:Observation:patient:code=1234";

    /// <summary>Whether a parameter is one.</summary>
    public static bool Is(string name) => name == "_has" || name.StartsWith("_has:", StringComparison.Ordinal);

    /// <param name="type">The type that is searched; null for several.</param>
    /// <param name="name">The whole parameter.</param>
    /// <param name="readReferring">Reads a parameter of a type, as it would be read in a search for that type.</param>
    /// <exception cref="RefusedException">It is not understood (400).</exception>
    public static ResourceFilter Read(string? type, string name, Func<string, string, ResourceFilter> readReferring)
    {
        if (type is null || name.Split(':', 4) is not [_, string referring, string reference, string rest]
            || rest.Contains('.', StringComparison.Ordinal) || Is(rest))
        {
            throw Invalid(name, $"Reverse chaining goes one step, from one type, {Example}.");
        }

        if (!SearchParameterTable.IsResourceType(referring)
            || SearchParameterTable.Find(referring, reference) is not { Kind: IndexKind.Reference })
        {
            throw Invalid(name, $"Reverse chaining takes a type and a reference parameter of it, {Example}.");
        }

        if (SearchTargets.Of(referring, reference) is { Count: > 0 } targets && !targets.Contains(type))
        {
            throw Invalid(name, $"The parameter {reference} of {referring} leads to {string.Join(", ", targets)}, and not to {type}.");
        }

        ResourceFilter chained = readReferring(referring, rest);
        return chained.Values.Any(value => value is FilterValue.Text { AsWritten: not null })
            ? throw Invalid(name, "The modifier :exact is not offered in a reverse chain.")
            : new ResourceFilter(reference, []) { ReferringType = referring, Chained = chained, ChainedTypes = [type] };
    }

    private static RefusedException Invalid(string name, string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter." + name);
}
