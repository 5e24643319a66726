using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Takes the address of a batch's entry apart (R4 Bundle.entry.request.url). Pure.</summary>
internal static class BatchAddress
{
    private const int Longest = 16_384;

    /// <param name="url">Below the service root, or with it.</param>
    /// <param name="serviceBase">The service root.</param>
    /// <returns>The parts of the path, and the query without what says in which format to answer: a batch has one.</returns>
    /// <exception cref="RefusedException">There is none, or it is another server's (400).</exception>
    public static (string[] Path, string Query) Read(string? url, string serviceBase)
    {
        if (url is not { Length: > 0 and <= Longest })
        {
            throw Invalid("The entry names no address in request.url; write it as Patient/ID or Observation?patient=ID.");
        }

        string local = url.StartsWith(serviceBase, StringComparison.Ordinal)
            && (url.Length == serviceBase.Length || url[serviceBase.Length] is '/' or '?')
            ? url[serviceBase.Length..]
            : url;
        if (Uri.TryCreate(local, UriKind.Absolute, out Uri? other) && !other.IsFile)
        {
            throw Invalid("The address is another server's; a batch reads what is below its own service root.");
        }

        int mark = local.IndexOf('?', StringComparison.Ordinal);
        string path = (mark < 0 ? local : local[..mark]).Trim('/');
        return (
            path.Length == 0 ? [] : [.. path.Split('/').Select(Uri.UnescapeDataString)],
            mark < 0 ? string.Empty : WithoutFormat(local[mark..]));
    }

    private static string WithoutFormat(string query)
    {
        QueryString kept = QueryString.Empty;
        foreach ((string name, StringValues values) in QueryHelpers.ParseQuery(query))
        {
            foreach (string? value in name is "_format" or "_pretty" ? [] : values.ToArray())
            {
                kept = kept.Add(name, value ?? string.Empty);
            }
        }

        return kept.Value ?? string.Empty;
    }

    private static RefusedException Invalid(string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics);
}
