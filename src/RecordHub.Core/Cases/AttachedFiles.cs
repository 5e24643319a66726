using System.Buffers.Text;
using System.Text.Json;

namespace RecordHub.Core.Cases;

/// <summary>The files that a resource attaches (R4 datatypes.html#Attachment): which are here, and why others are not. Pure.</summary>
/// <param name="Here">How many are here.</param>
/// <param name="Lost">Why each of the others is not, a sentence without its full stop.</param>
/// <param name="IsBodyLost">Whether the document itself is said to be among those.</param>
internal sealed record AttachedFiles(int Here, IReadOnlyList<string> Lost, bool IsBodyLost)
{
    internal const string AbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private const int LongestAddress = 200;

    /// <summary>Looks at a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="binaries">How many bytes each Binary of the case has, by id.</param>
    internal static AttachedFiles Of(JsonElement resource, IReadOnlyDictionary<string, long> binaries)
    {
        int here = 0;
        bool isBodyLost = false;
        List<string> lost = [];
        foreach (JsonElement attachment in All(resource).Where(one => one.ValueKind == JsonValueKind.Object))
        {
            string? absent = Absent(attachment);
            isBodyLost |= absent is not null;
            if ((absent ?? WhyNot(attachment, binaries)) is { } why)
            {
                lost.Add(why);
            }
            else
            {
                here++;
            }
        }

        return new AttachedFiles(here, lost, isBodyLost);
    }

    private static IEnumerable<JsonElement> All(JsonElement resource) => ResourceFacts.Text(resource, "resourceType") switch
    {
        "DocumentReference" => Of(resource, "content").SelectMany(content => Of(content, "attachment")),
        "DiagnosticReport" => Of(resource, "presentedForm"),
        "Media" => Of(resource, "content"),
        "Consent" => Of(resource, "sourceAttachment"),
        "Communication" => Of(resource, "payload").SelectMany(payload => Of(payload, "contentAttachment")),
        _ => [],
    };

    // What we write of a document whose body did not come (unknown) or cannot be read (error).
    private static string? Absent(JsonElement attachment) => Of(attachment, "_data")
        .SelectMany(data => Of(data, "extension"))
        .Where(one => ResourceFacts.Text(one, "url") == AbsentReason)
        .Select(one => ResourceFacts.Text(one, "valueCode") == "error" ? "its file cannot be read" : "its file did not come with it")
        .FirstOrDefault();

    private static string? WhyNot(JsonElement attachment, IReadOnlyDictionary<string, long> binaries)
    {
        if (ResourceFacts.Text(attachment, "data") is { Length: > 0 } data)
        {
            return Base64.IsValid(data, out int length)
                ? length > 0 ? null : "its file is empty" : "its file is not valid base64";
        }

        if (ResourceFacts.Text(attachment, "url") is not { Length: > 0 } url)
        {
            return "it names a file without bytes or address";
        }

        int at = url.LastIndexOf("Binary/", StringComparison.Ordinal);
        if (at >= 0 && binaries.TryGetValue(url[(at + "Binary/".Length)..].Split('/')[0], out long bytes))
        {
            return bytes > 0 ? null : "its file is empty";
        }

        return url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? null : $"its file was not fetched, only its address came: {Shown(url)}";
    }

    // Without what follows the path: it may open the file to whoever reads it.
    private static string Shown(string url)
    {
        string path = url.Split('?', '#')[0];
        return ResourceFacts.Cut(path, LongestAddress);
    }

    private static IEnumerable<JsonElement> Of(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value)
            ? ResourceFacts.Items(value) : [];
}
