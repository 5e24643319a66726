using RecordHub.Cli.Hub;
using RecordHub.Documents.Archives;

namespace RecordHub.Cli.Import;

/// <content>ZIP archives and disc images: each member is a file.</content>
internal sealed partial class Importer
{
    private async Task<IReadOnlyList<ImportLine>> ImportArchiveAsync(
        string path, Stream content, ArchiveKind kind, CancellationToken cancellationToken)
    {
        ArchiveFileSets fileSets = await ArchiveFileSets.ReadAsync(
            Walk(content, kind, cancellationToken), cancellationToken);
        List<ImportLine> lines = [];
        await foreach (ArchiveItem item in Walk(content, kind, cancellationToken))
        {
            switch (item)
            {
                case ArchiveItem.Member member:
                    lines.AddRange(await ImportMemberAsync(path, member, fileSets, cancellationToken));
                    break;
                case ArchiveItem.Refused refused:
                    string name = refused.Path.Length == 0 ? path : $"{path}!/{refused.Path}";
                    lines.Add(Line(name, Archive, ImportOutcomes.Rejected, "archive: " + refused.Reason));
                    break;
            }
        }

        lines.AddRange(fileSets.Missing().Select(missing => Missing($"{path}!/{missing}")));
        return lines.Count > 0 ? lines : [Line(path, Archive, ImportOutcomes.Ignored, "archive: it is empty")];
    }

    private static IAsyncEnumerable<ArchiveItem> Walk(Stream content, ArchiveKind kind, CancellationToken cancellationToken)
    {
        content.Position = 0;
        return kind == ArchiveKind.Zip
            ? ZipWalker.WalkAsync(content, ArchiveLimits.Default, cancellationToken)
            : IsoWalker.WalkAsync(content, ArchiveLimits.Default, cancellationToken);
    }

    private async Task<IReadOnlyList<ImportLine>> ImportMemberAsync(
        string archive, ArchiveItem.Member member, ArchiveFileSets fileSets, CancellationToken cancellationToken)
    {
        string path = $"{archive}!/{member.Path}";
        try
        {
            if (member.Content.CanSeek
                && await ArchiveCheck.KindOfAsync(member.Content, member.Path, cancellationToken) == ArchiveKind.Zip)
            {
                return await ImportArchiveAsync(path, member.Content, ArchiveKind.Zip, cancellationToken);
            }

            if (!fileSets.Any)
            {
                return await ImportStreamAsync(path, member.Content, cancellationToken);
            }

            using HeaderTee tee = new(member.Content);
            IReadOnlyList<ImportLine> lines = await ImportStreamAsync(path, tee, cancellationToken);
            return lines is [{ Kind: Dicom } line] && tee.Header() is { } header
                ? [line with { Warnings = fileSets.Check(member.Path, header) }]
                : lines;
        }
        catch (Exception broken) when (Refusal(broken) is not null)
        {
            return [Line(path, Archive, ImportOutcomes.Rejected, "archive: " + Refusal(broken))];
        }
    }

    // A client wraps what the stream it sends has thrown.
    private static string? Refusal(Exception broken) =>
        (broken is HttpRequestException { InnerException: { } inner } ? inner : broken) switch
        {
            ArchiveLimitException limit => limit.Message,
            InvalidDataException => "the member is damaged",
            _ => null,
        };
}
