using RecordHub.Cli.Hub;
using RecordHub.Documents.Archives;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Import;

/// <summary>Takes files, folders and archives in, several files at a time; each file has one line or more.</summary>
internal sealed class Importer(IRecordHub hub, ImportOptions options, ImportJournal? journal, Action<IReadOnlyList<ImportLine>> show)
{
    private const string Archive = "archive";
    private const string NoKind = "unknown";

    /// <summary>The counts so far.</summary>
    public ImportTally Tally { get; } = new();

    /// <summary>Imports everything below the paths.</summary>
    /// <exception cref="CommandException">The RecordHub can take no more; what was shown is done.</exception>
    public Task RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        ImportWalker.Walk(paths, options.Recursive),
        new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
        async (source, token) =>
        {
            IReadOnlyList<ImportLine> lines = source switch
            {
                ImportSource.Passed passed => [Line(passed.Path, NoKind, passed.Outcome, passed.Reason)],
                ImportSource.Found found => await ImportFileAsync(new FileInfo(found.Path), token),
                _ => [],
            };
            Tally.Add(lines);
            show(lines);
        });

    private async Task<IReadOnlyList<ImportLine>> ImportFileAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            if (journal?.Find(file) is { } before)
            {
                return before;
            }

            if (LengthOf(file) == 0)
            {
                // A pipe has no length either, and opening one waits for ever.
                return [Line(file.FullName, NoKind, ImportOutcomes.Ignored,
                    "empty file: it has no bytes; pipes, sockets and drives are not read (mount a disc and give its folder)")];
            }

            await using FileStream content = new(
                file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous);
            IReadOnlyList<ImportLine> lines = content.CanSeek
                && await ArchiveCheck.IsArchiveAsync(content, file.Name, cancellationToken)
                ? await ImportArchiveAsync(file.FullName, content, cancellationToken)
                : await ImportStreamAsync(file.FullName, content, cancellationToken);
            journal?.Add(file, lines);
            return lines;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            string reason = file.Name.Contains('\uFFFD', StringComparison.Ordinal)
                ? "unreadable-name: its name is not UTF-8, so it cannot be opened; rename it and import it again"
                : unreadable is FileNotFoundException or DirectoryNotFoundException
                ? "not-found: there is no such file"
                : "unreadable-file: it cannot be read; check its permissions and the disc it is on";
            return [Line(file.FullName, NoKind, ImportOutcomes.Rejected, reason)];
        }
    }

    // Of a link, the length of what it leads to.
    private static long LengthOf(FileInfo file) =>
        (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;

    private async Task<IReadOnlyList<ImportLine>> ImportArchiveAsync(
        string path, Stream content, CancellationToken cancellationToken)
    {
        List<ImportLine> lines = [];
        await foreach (ArchiveItem item in ZipWalker.WalkAsync(content, ArchiveLimits.Default, cancellationToken))
        {
            switch (item)
            {
                case ArchiveItem.Member member:
                    lines.AddRange(await ImportMemberAsync($"{path}!/{member.Path}", member.Content, cancellationToken));
                    break;
                case ArchiveItem.Refused refused:
                    string name = refused.Path.Length == 0 ? path : $"{path}!/{refused.Path}";
                    lines.Add(Line(name, Archive, ImportOutcomes.Rejected, "archive: " + refused.Reason));
                    break;
            }
        }

        return lines.Count > 0 ? lines : [Line(path, Archive, ImportOutcomes.Ignored, "archive: it is empty")];
    }

    private async Task<IReadOnlyList<ImportLine>> ImportMemberAsync(
        string path, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportStreamAsync(path, content, cancellationToken);
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

    private async Task<IReadOnlyList<ImportLine>> ImportStreamAsync(
        string path, Stream content, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImportedView> records = await hub.ImportAsync(
            new ImportRequest
            {
                Content = content,
                FileName = path,
                Case = options.Case,
                Site = options.Site,
                DryRun = options.DryRun,
            },
            cancellationToken);
        return [.. records.Select(record => new ImportLine(
            path, record.Kind, record.Outcome, record.Reason, record.Item, record.Case))];
    }

    private static ImportLine Line(string path, string kind, string outcome, string reason) =>
        new(path, kind, outcome, reason, null, null);
}
