using RecordHub.Cli.Hub;
using RecordHub.Documents.Archives;
using RecordHub.Documents.Mail;

namespace RecordHub.Cli.Import;

/// <content>Archives and disc images: each member is a file.</content>
internal sealed partial class Importer
{
    private async Task<Task<IReadOnlyList<ImportLine>>> TakeArchiveAsync(
        string path, Stream content, ArchiveKind kind, int depth, CancellationToken cancellationToken)
    {
        ArchiveFileSets fileSets = await ArchiveFileSets.ReadAsync(
            Walk(path, content, kind, cancellationToken), cancellationToken);
        List<ImportLine> lines = [];
        Queue<Task<IReadOnlyList<ImportLine>>> taken = [];
        await foreach (ArchiveItem item in Walk(path, content, kind, cancellationToken))
        {
            switch (item)
            {
                case ArchiveItem.Member member:
                    taken.Enqueue(await TakeMemberAsync(path, member, fileSets, depth, cancellationToken));
                    break;
                case ArchiveItem.Refused refused:
                    string name = refused.Path.Length == 0 ? path : $"{path}!/{refused.Path}";
                    taken.Enqueue(Only(Line(name, Archive, ImportOutcomes.Rejected, "archive: " + refused.Reason)));
                    break;
            }

            if (taken.Count > options.Ahead)
            {
                lines.AddRange(await taken.Dequeue());
            }
        }

        return FinishArchiveAsync(
            path, lines, taken, [.. fileSets.Missing().Select(missing => Missing($"{path}!/{missing}"))]);
    }

    private static async Task<IReadOnlyList<ImportLine>> FinishArchiveAsync(
        string path, List<ImportLine> lines, Queue<Task<IReadOnlyList<ImportLine>>> taken, IReadOnlyList<ImportLine> missing)
    {
        foreach (Task<IReadOnlyList<ImportLine>> member in taken)
        {
            lines.AddRange(await member);
        }

        lines.AddRange(missing);
        return lines.Count > 0 ? lines : [Line(path, Archive, ImportOutcomes.Ignored, "archive: it is empty")];
    }

    private static IAsyncEnumerable<ArchiveItem> Walk(
        string path, Stream content, ArchiveKind kind, CancellationToken cancellationToken)
    {
        content.Position = 0;
        return kind switch
        {
            ArchiveKind.Zip => ZipWalker.WalkAsync(content, ArchiveLimits.Default, cancellationToken),
            ArchiveKind.Tar => TarWalker.WalkAsync(content, path, ArchiveLimits.Default, cancellationToken),
            _ => IsoWalker.WalkAsync(content, ArchiveLimits.Default, cancellationToken),
        };
    }

    private async Task<Task<IReadOnlyList<ImportLine>>> TakeMemberAsync(
        string archive, ArchiveItem.Member member, ArchiveFileSets fileSets, int depth, CancellationToken cancellationToken)
    {
        string path = $"{archive}!/{member.Path}";
        try
        {
            if (ViewerPictures.IsNamed(member.Path) && fileSets.Holds(member.Path))
            {
                return Only(Line(path, NoKind, ImportOutcomes.Ignored, ViewerPictures.Reason));
            }

            if (!member.Content.CanSeek)
            {
                using ReplayedStream replayed = await ReplayedStream.OfAsync(member.Content, cancellationToken);
                return MailMessage.Is(replayed.Head)
                    ? await TakePackedMailAsync(path, replayed, depth, cancellationToken)
                    : await TakeOneAsync(path, member.Path, replayed, fileSets, cancellationToken);
            }

            ArchiveKind inner = await ArchiveCheck.KindOfAsync(member.Content, member.Path, cancellationToken);
            return inner switch
            {
                ArchiveKind.Zip or ArchiveKind.Tar => await TakeArchiveAsync(path, member.Content, inner, depth, cancellationToken),
                ArchiveKind.Mail => await TakeMailAsync(path, member.Content, depth + 1, cancellationToken),
                _ => await TakeOneAsync(path, member.Path, member.Content, fileSets, cancellationToken),
            };
        }
        catch (Exception broken) when (Refusal(broken) is not null)
        {
            return Only(Line(path, Archive, ImportOutcomes.Rejected, "archive: " + Refusal(broken)));
        }
    }

    private async Task<Task<IReadOnlyList<ImportLine>>> TakeOneAsync(
        string path, string name, Stream content, ArchiveFileSets fileSets, CancellationToken cancellationToken)
    {
        if (fileSets.IsDamaged(name))
        {
            return DamagedAsync(await TakeStreamAsync(path, content, cancellationToken));
        }

        if (!fileSets.Any)
        {
            return await TakeStreamAsync(path, content, cancellationToken);
        }

        using HeaderTee tee = new(content);
        Task<IReadOnlyList<ImportLine>> taken = await TakeStreamAsync(path, tee, cancellationToken);
        return CheckedAsync(taken, fileSets.Names(name), tee.Header() is { } header ? fileSets.Check(name, header) : []);
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
