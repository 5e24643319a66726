using RecordHub.Cli.Hub;
using RecordHub.Documents.Archives;
using RecordHub.Documents.Mail;

namespace RecordHub.Cli.Import;

/// <content>E-mails: the message is a document, and each file in it is one more.</content>
internal sealed partial class Importer
{
    private const string NotRead = "not-read: ";

    private async Task<Task<IReadOnlyList<ImportLine>>> TakePackedMailAsync(
        string path, Stream content, int depth, CancellationToken cancellationToken)
    {
        (FileStream? file, string? reason) = await Spool.CopyAsync(content, MailMessage.MostBytes, cancellationToken);
        if (file is null)
        {
            return Only(Line(path, Archive, ImportOutcomes.Rejected, "e-mail: " + reason));
        }

        await using (file)
        {
            return await TakeMailAsync(path, file, depth + 1, cancellationToken);
        }
    }

    private async Task<Task<IReadOnlyList<ImportLine>>> TakeMailAsync(
        string path, Stream content, int depth, CancellationToken cancellationToken, string? within = null)
    {
        if (depth > ArchiveLimits.Default.MaxDepth || content.Length > MailMessage.MostBytes)
        {
            return Only(Line(path, Archive, ImportOutcomes.Rejected, depth > ArchiveLimits.Default.MaxDepth
                ? $"e-mail: e-mails and archives are nested deeper than {ArchiveLimits.Default.MaxDepth}; take it out and import it by itself"
                : $"e-mail: it is longer than {MailMessage.MostBytes} bytes; save its attachments and import those"));
        }

        byte[] bytes = new byte[content.Length];
        content.Position = 0;
        await content.ReadExactlyAsync(bytes, cancellationToken);
        using MemoryStream whole = new(bytes, writable: false);
        Task<IReadOnlyList<ImportLine>> mail = await TakeStreamAsync(path, whole, cancellationToken, within);
        List<Task<IReadOnlyList<ImportLine>>> taken = [mail];
        IReadOnlyList<MailPart> files = MailMessage.Read(bytes).Files;
        string? item = files.Count == 0 ? null : ItemOf(await mail);
        foreach (MailPart file in files)
        {
            taken.Add(await TakePartAsync($"{path}!/{file.Name}", file, depth, item, cancellationToken));
        }

        return AllAsync(taken);
    }

    private async Task<Task<IReadOnlyList<ImportLine>>> TakePartAsync(
        string path, MailPart file, int depth, string? within, CancellationToken cancellationToken)
    {
        if (file.Decode(out string? trouble) is not { } bytes)
        {
            return Only(Line(path, NoKind, ImportOutcomes.Rejected, "e-mail: " + trouble));
        }

        using MemoryStream content = new(bytes, writable: false);
        ArchiveKind kind = await ArchiveCheck.KindOfAsync(content, path, cancellationToken);
        Task<IReadOnlyList<ImportLine>> taken = kind switch
        {
            ArchiveKind.None => await TakeStreamAsync(path, content, cancellationToken, within),
            ArchiveKind.Mail => await TakeMailAsync(path, content, depth + 1, cancellationToken, within),
            _ when depth < ArchiveLimits.Default.MaxDepth => await TakeArchiveAsync(path, content, kind, depth + 1, cancellationToken),
            _ => Only(Line(path, Archive, ImportOutcomes.Rejected, $"archive: nested deeper than {ArchiveLimits.Default.MaxDepth}")),
        };
        return trouble is null ? taken : WithTroubleAsync(taken, trouble);
    }

    // The id of a record begins with its item's.
    private static string? ItemOf(IReadOnlyList<ImportLine> lines) => lines.Select(line => line.Item).FirstOrDefault(id => id?.Length >= 32)?[..32];

    private static async Task<IReadOnlyList<ImportLine>> WithTroubleAsync(Task<IReadOnlyList<ImportLine>> taken, string trouble) =>
        [.. (await taken).Select(line => line with { Warnings = [.. line.Warnings, NotRead + trouble] })];

    private static async Task<IReadOnlyList<ImportLine>> AllAsync(IReadOnlyList<Task<IReadOnlyList<ImportLine>>> taken) =>
        [.. (await Task.WhenAll(taken)).SelectMany(lines => lines)];
}
