using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Reads <c>_sort</c> (R4 search.html §sort). Pure.</summary>
internal static class SearchSort
{
    private const int MostKeys = 3;

    /// <exception cref="RefusedException">A key is none that can be sorted by (400).</exception>
    public static IReadOnlyList<ResourceSort> Read(IReadOnlyList<string> types, string value)
    {
        string[] keys = value.Split(',');
        return keys.Length <= MostKeys
            ? [.. keys.Select(key => Key(types, key.Trim()))]
            : throw Invalid("The parameter _sort takes three keys at most.");
    }

    private static ResourceSort Key(IReadOnlyList<string> types, string key)
    {
        bool isDescending = key.StartsWith('-');
        string code = isDescending ? key[1..] : key;
        IndexKind[] kinds = code switch
        {
            "_id" => [IndexKind.Token],
            "_lastUpdated" => [IndexKind.Date],
            _ =>
            [
                .. (types.Count == 0 ? ["Resource"] : types).Select(type => SearchParameterTable.Find(type, code)?.Kind)
                    .OfType<IndexKind>().Distinct(),
            ],
        };
        return kinds is [IndexKind kind] && kind is not (IndexKind.Reference or IndexKind.Composite)
            ? new ResourceSort(code, kind, isDescending)
            : throw Invalid(
                "The parameter _sort takes _id, _lastUpdated and parameters of what is searched that are dates, text, tokens, URIs, numbers or quantities, "
                + "each with a minus sign before it for the greatest first.");
    }

    private static RefusedException Invalid(string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter._sort");
}
