using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RecordHub.Server.DicomWeb;

/// <summary>One thing that a client accepts (PS3.18 §8.7.4): what is asked for inside of multipart/related stands in its parameters.</summary>
/// <param name="Type">The media type; of a multipart the type of its parts, <c>*/*</c> when it does not say.</param>
/// <param name="IsMultipart">Whether multipart/related was asked for.</param>
/// <param name="TransferSyntax">The transfer syntax asked for; <c>*</c> as stored; null when it does not say.</param>
/// <param name="Quality">The preference, 0 to 1.</param>
internal sealed partial record MediaRange(string Type, bool IsMultipart, string? TransferSyntax, double Quality)
{
    private static readonly MediaRange s_anything = new("*/*", false, null, 1);

    /// <summary>What a request accepts, the most wanted first; <c>accept</c> in the query beats the header.</summary>
    public static IReadOnlyList<MediaRange> Of(HttpRequest request)
    {
        string[] texts = request.Query["accept"].Count > 0
            ? [.. request.Query["accept"].OfType<string>()]
            : [.. request.Headers.Accept.OfType<string>()];
        if (texts.Length == 0)
        {
            return [s_anything];
        }

        return MediaTypeHeaderValue.TryParseList([.. texts.Select(Quote)], out IList<MediaTypeHeaderValue>? types)
            ? [.. types.Select(Of).Where(range => range.Quality > 0).OrderByDescending(range => range.Quality)]
            : [];
    }

    /// <summary>
    /// Quotes a media type that stands as a parameter's value without quotation marks, as many clients write it although
    /// RFC 9110 §5.6.6 does not allow a slash there.
    /// </summary>
    public static string Quote(string text) => Unquoted().Replace(text, "$1\"$2\"");

    /// <summary>Whether content of a type does.</summary>
    public bool Takes(string type) => Type == "*/*" || Type == type
        || (Type.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(Type[..^1], StringComparison.Ordinal));

    [GeneratedRegex("(;\\s*type\\s*=\\s*)([^\";,\\s]+/[^\";,\\s]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unquoted();

    private static MediaRange Of(MediaTypeHeaderValue value)
    {
        string type = value.MediaType.Value?.ToLowerInvariant() ?? "*/*";
        bool multipart = type == "multipart/related";
        return new MediaRange(
            multipart ? Parameter(value, "type")?.ToLowerInvariant() ?? "*/*" : type,
            multipart,
            Parameter(value, "transfer-syntax"),
            value.Quality ?? 1);
    }

    private static string? Parameter(MediaTypeHeaderValue value, string name) =>
        value.Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value
            is { HasValue: true } found ? HeaderUtilities.RemoveQuotes(found).Value : null;
}
