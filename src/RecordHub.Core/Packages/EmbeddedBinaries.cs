using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>
/// Which attachments are carried inside the document: text and documents up to 5 MB each, 64 MB together. A larger one
/// stays on the server, and section 21 says so. Pure.
/// </summary>
internal static class EmbeddedBinaries
{
    internal const long MostEach = 5 * 1000 * 1000;
    internal const long MostTogether = 64 * 1000 * 1000;

    internal static IReadOnlyList<StoredBinary> Select(CaseContent content)
    {
        HashSet<string> wanted = [.. content.Filed.Where(one => one.Type is not "ImagingStudy").SelectMany(Attachments.Of)];
        List<StoredBinary> chosen = [];
        long together = 0;
        foreach (StoredBinary binary in content.Binaries.Where(one => wanted.Contains($"Binary/{one.Id}"))
            .Where(one => one.Length <= MostEach && !one.ContentType.StartsWith("application/dicom", StringComparison.Ordinal))
            .OrderBy(one => one.Id, StringComparer.Ordinal))
        {
            if (together + binary.Length <= MostTogether)
            {
                together += binary.Length;
                chosen.Add(binary);
            }
        }

        return chosen;
    }
}
