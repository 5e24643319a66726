using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Reads chained parameters of one or two steps, such as <c>patient.identifier</c> and <c>subject:Patient.organization.name</c>
/// (R4 search.html §chaining). Pure.
/// </summary>
internal static class SearchChains
{
    private const int MostSteps = 2;

    /// <param name="type">The type that is searched; null for several.</param>
    /// <param name="name">The whole parameter, which has a point.</param>
    /// <param name="readTarget">Reads a parameter of a type, as it would be read in a search for that type.</param>
    /// <exception cref="RefusedException">It is not understood (400).</exception>
    public static ResourceFilter Read(string? type, string name, Func<string, string, ResourceFilter> readTarget)
    {
        int point = name.IndexOf('.', StringComparison.Ordinal);
        string[] reference = name[..point].Split(':');
        string rest = name[(point + 1)..];
        if (type is null || name.Count('.') > MostSteps || reference[0].StartsWith('_')
            || rest.StartsWith("_has", StringComparison.Ordinal))
        {
            throw Invalid(name, "Chained search goes two steps at most, from one type, as in ImagingStudy?patient.identifier.");
        }

        if (SearchParameterTable.Find(type, reference[0]) is not { Kind: IndexKind.Reference })
        {
            throw Invalid(name, $"{type} has no such parameter that is a reference; it has {string.Join(", ", SearchIncludes.Of(type))}.");
        }

        if (reference.Length > 2 || (reference.Length == 2 && !SearchParameterTable.IsResourceType(reference[1])))
        {
            throw Invalid(name, "The reference of a chain takes a resource type, as in subject:Patient.identifier.");
        }

        string code = rest.Split(':', '.')[0];
        IReadOnlyList<string> targets = reference.Length == 2 ? [reference[1]] : SearchTargets.Of(type, reference[0]);
        string[] known = [.. targets.Where(target => KindOf(target, code) is not null)];
        if (known.Length == 0 || known.Select(target => KindOf(target, code)).Distinct().Count() > 1
            || (known.Length > 1 && (rest.Contains('.', StringComparison.Ordinal) || KindOf(known[0], code) == IndexKind.Composite)))
        {
            throw Invalid(
                name, known.Length == 0
                    ? $"What the reference leads to ({string.Join(", ", targets)}) has no such parameter."
                    : "Say which type the reference leads to, as in subject:Patient.name.");
        }

        ResourceFilter chained = readTarget(known[0], rest);
        return chained.Values.Any(value => value is FilterValue.Text { AsWritten: not null })
            ? throw Invalid(name, "The modifier :exact is not offered in a chain.")
            : new ResourceFilter(reference[0], []) { Chained = chained, ChainedTypes = known };
    }

    private static IndexKind? KindOf(string type, string code) => code switch
    {
        "_id" => IndexKind.Token,
        "_lastUpdated" => IndexKind.Date,
        _ => SearchParameterTable.Find(type, code)?.Kind,
    };

    private static RefusedException Invalid(string name, string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter." + name);
}
