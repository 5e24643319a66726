using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Reads <c>_include</c> and <c>_revinclude</c> (R4 search.html §include). Pure.</summary>
internal static class SearchIncludes
{
    /// <summary>Whether the parameter is one of the two, with or without a modifier.</summary>
    public static bool Are(string name) => name.Split(':')[0] is "_include" or "_revinclude";

    /// <param name="types">The types that are searched; empty is none in particular.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">Its value, such as <c>ImagingStudy:patient</c> or <c>Observation:subject:Patient</c>.</param>
    /// <exception cref="RefusedException">It is not understood (400).</exception>
    public static ResourceInclude Read(IReadOnlyList<string> types, string name, string value)
    {
        // As R4 calls it, and as it was called before.
        bool iterates = name.EndsWith(":iterate", StringComparison.Ordinal) || name.EndsWith(":recurse", StringComparison.Ordinal);
        if (!iterates && name.Contains(':', StringComparison.Ordinal))
        {
            throw Invalid(name, "The parameter takes the modifier :iterate alone.");
        }

        bool isReverse = name.StartsWith("_revinclude", StringComparison.Ordinal);
        string[] parts = value.Split(':');
        if (parts.Length is not (2 or 3) || !SearchParameterTable.IsResourceType(parts[0])
            || (parts.Length == 3 && !SearchParameterTable.IsResourceType(parts[2])))
        {
            throw Invalid(name, "The parameter takes a type and a reference parameter of it, as in ImagingStudy:patient.");
        }

        if (!isReverse && !iterates && types.Count > 0 && !types.Contains(parts[0]))
        {
            throw Invalid(name, "References are followed of the types that are searched only; with :iterate of what is given along as well.");
        }

        return SearchParameterTable.Find(parts[0], parts[1]) is { Kind: IndexKind.Reference }
            ? new ResourceInclude(parts[0], parts[1], parts.Length == 3 ? parts[2] : null, isReverse) { IsIterative = iterates }
            : throw Invalid(name, $"{parts[0]} has no such parameter that is a reference; it has {string.Join(", ", Of(parts[0]))}.");
    }

    /// <summary>The parameters of a type that are references.</summary>
    public static IEnumerable<string> Of(string type) => SearchParameterTable.For(type)
        .Where(parameter => parameter.Kind == IndexKind.Reference).Select(parameter => parameter.Code);

    private static RefusedException Invalid(string name, string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter." + name);
}
