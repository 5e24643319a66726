using System.Collections.Frozen;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>
/// Which warnings of a document say that some of it could not be read. The others tell how it was read; a scan without
/// text is whole for whoever looks at it.
/// </summary>
internal static class DocumentLosses
{
    private static readonly FrozenSet<string> s_names = new[]
    {
        "attachment-cut", "attachment-empty", "attachment-limit", "attachment-unreadable", "body-unreadable", "cut-off",
        "entry-limit", "external-reference", "insert-not-read", "insert-unreadable", "observation-limit", "page-unreadable",
        "part-damaged", "section-limit", "stray-line", "unsupported",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<string> Of(ExtractedDocument document) =>
        document.Warnings.Where(warning => s_names.Contains(warning.Name)).Select(warning => warning.Detail);
}
