using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Normalization.DicomInput;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Completeness;

/// <summary>Finds what senders have listed of studies: in key object selections and in ImagingStudy resources.</summary>
internal static class SenderListReader
{
    // Manifest and Complete Study Content, signed or not (PS3.16 CID 7010). Other titles name a selection.
    private static readonly string[] s_manifests = ["113030", "113031", "113032", "113033"];

    // What these name was taken back, so that nobody should wait for it (PS3.16 CID 7011).
    private static readonly string[] s_rejections = ["113001", "113010", "113037", "113038", "113039"];

    /// <summary>Each list with the Study Instance UID that it is about.</summary>
    internal static ILookup<string, SenderList> Read(CaseContent content) => content.Instances
        .Where(one => one.Facts.SopClassUid == SopClasses.KeyObjectSelection && !one.Facts.Metadata.IsEmpty)
        .SelectMany(KeyObjects)
        .Concat(content.Filed.Where(one => one is { Type: "ImagingStudy", RecordId: not null }).SelectMany(ImagingStudy))
        .ToLookup(one => one.Study, one => one.List, StringComparer.Ordinal);

    private static IEnumerable<(string Study, SenderList List)> KeyObjects(StoredInstance instance)
    {
        using JsonDocument document = JsonDocument.Parse(
            instance.Facts.Metadata, new JsonDocumentOptions { MaxDepth = 256 });
        JsonElement root = document.RootElement;
        string? title = Values(root, "0040A043").Select(one => First(one, "00080100")).FirstOrDefault();
        if (s_rejections.Contains(title))
        {
            return [];
        }

        return [.. Values(root, "0040A375").Select(study => (First(study, "0020000D") ?? string.Empty, new SenderList
        {
            Carrier = "a key object selection",
            IsWhole = s_manifests.Contains(title),
            Named = [.. Values(study, "00081115").SelectMany(series => Values(series, "00081199")
                .Select(one => (Series: First(series, "0020000E") ?? string.Empty, Sop: First(one, "00081155") ?? string.Empty)))
                .Where(one => one.Sop.Length > 0)],
        })).Where(one => one.Item1.Length > 0)];
    }

    private static IEnumerable<(string Study, SenderList List)> ImagingStudy(ResourceVersion resource)
    {
        using JsonDocument document = JsonDocument.Parse(resource.Json, new JsonDocumentOptions { MaxDepth = 256 });
        JsonElement root = document.RootElement;
        string? uid = Items(root, "identifier").Select(one => ResourceFacts.Text(one, "value")).OfType<string>()
            .FirstOrDefault(value => value.StartsWith("urn:oid:", StringComparison.Ordinal));
        if (uid is null || ResourceFacts.Text(root, "status") is "cancelled" or "entered-in-error")
        {
            return [];
        }

        JsonElement[] series = [.. Items(root, "series").Where(one => ResourceFacts.Text(one, "uid") is not null)];
        return [(uid["urn:oid:".Length..], new SenderList
        {
            Carrier = "an ImagingStudy record",
            IsWhole = true,
            Series = Count(root, "numberOfSeries"),
            Instances = Count(root, "numberOfInstances"),
            SeriesCounts = [.. series.Select(one => (ResourceFacts.Text(one, "uid") ?? "", Count(one, "numberOfInstances") ?? 0))
                .Where(one => one.Item2 > 0)],
            Named = [.. series.SelectMany(one => Items(one, "instance")
                .Select(item => (ResourceFacts.Text(one, "uid") ?? "", Sop: ResourceFacts.Text(item, "uid") ?? "")))
                .Where(one => one.Sop.Length > 0)],
        })];
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name)
    {
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement items)
            && items.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in items.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    private static int? Count(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement count) && count.ValueKind == JsonValueKind.Number
            && count.TryGetInt32(out int number) ? number : null;

    private static IEnumerable<JsonElement> Values(JsonElement dataSet, string tag) =>
        dataSet.ValueKind == JsonValueKind.Object && dataSet.TryGetProperty(tag, out JsonElement element)
            ? Items(element, "Value") : [];

    private static string? First(JsonElement dataSet, string tag) => Values(dataSet, tag)
        .Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()?.Trim()).FirstOrDefault();
}
