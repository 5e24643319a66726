using RecordHub.Core.Intake;
using RecordHub.Documents.Archives;

namespace RecordHub.Server.Uploads;

/// <content>Archives and disc images: each member is a file.</content>
internal sealed partial class UploadReader
{
    private async Task<UploadEnd> TakeArchiveAsync(
        Stream body, ArchiveKind kind, Source source, UploadTurn turn, CancellationToken cancellationToken)
    {
        string name = source.FileName!;
        (FileStream? archive, string? reason) = await turn.BeforehandAsync(
            () => Spool.CopyAsync(body, ArchiveLimits.Default.MaxNestedArchiveBytes, cancellationToken));

        // The archive itself is not kept: what is in it counts.
        turn.Quota.ReturnFile();
        if (archive is null)
        {
            turn.Files.Add(UploadedFile.Refused(name, turn.Texts.NotReadBecause(reason)));
            return UploadEnd.Whole;
        }

        await using (archive)
        {
            int before = turn.Files.Count;
            await foreach (ArchiveItem item in Walk(archive, kind, name, cancellationToken))
            {
                UploadEnd end = item switch
                {
                    ArchiveItem.Member member => await TakeMemberAsync(member, source, turn, cancellationToken),
                    ArchiveItem.Refused refused => Refuse(refused, name, turn),
                    _ => UploadEnd.Whole,
                };
                if (end != UploadEnd.Whole)
                {
                    return end;
                }
            }

            if (turn.Files.Count == before)
            {
                turn.Files.Add(UploadedFile.Refused(name, turn.Texts.NotReadBecause("it is empty")));
            }
        }

        return UploadEnd.Whole;
    }

    private async Task<UploadEnd> TakeMemberAsync(
        ArchiveItem.Member member, Source source, UploadTurn turn, CancellationToken cancellationToken)
    {
        string path = $"{source.FileName}!/{member.Path}";
        if (path.Length > MostNameCharacters)
        {
            turn.Files.Add(UploadedFile.Refused(path[..MostNameCharacters], turn.Texts.NameTooLong));
            return UploadEnd.Whole;
        }

        try
        {
            await turn.BeginMemberAsync(cancellationToken);
            return await TakeFileAsync(
                new UploadBody(member.Content, turn.Quota), source with { FileName = path, MediaType = null }, turn, cancellationToken);
        }
        catch (UploadEndedException ended)
        {
            // The archive came whole: what breaks off is one member.
            bool isOne = ended.End == UploadEnd.Broken;
            turn.Files.Add(UploadedFile.Refused(path, isOne
                ? turn.Texts.NotReadBecause(ended.InnerException is ArchiveLimitException limit ? limit.Message : "it is damaged in the archive")
                : ReasonOf(ended.End, turn.Texts)));
            return isOne ? UploadEnd.Whole : ended.End;
        }
    }

    private static UploadEnd Refuse(ArchiveItem.Refused refused, string name, UploadTurn turn)
    {
        turn.Files.Add(UploadedFile.Refused(
            refused.Path.Length == 0 ? name : $"{name}!/{refused.Path}", turn.Texts.NotReadBecause(refused.Reason)));
        return UploadEnd.Whole;
    }

    private static IAsyncEnumerable<ArchiveItem> Walk(
        FileStream archive, ArchiveKind kind, string name, CancellationToken cancellationToken) => kind switch
        {
            ArchiveKind.Zip => ZipWalker.WalkAsync(archive, ArchiveLimits.Default, cancellationToken),
            ArchiveKind.Tar => TarWalker.WalkAsync(archive, name, ArchiveLimits.Default, cancellationToken),
            _ => IsoWalker.WalkAsync(archive, ArchiveLimits.Default, cancellationToken),
        };
}
