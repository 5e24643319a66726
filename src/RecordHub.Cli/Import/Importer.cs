using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Import;

/// <summary>Takes files, folders and archives in, several files at a time; each file has one line or more.</summary>
internal sealed partial class Importer(IRecordHub hub, ImportOptions options, ImportJournal? journal, Action<IReadOnlyList<ImportLine>> show)
{
    private const string Archive = "archive";
    private const string Dicom = "dicom-instance";
    private const string NoKind = "unknown";

    /// <summary>The counts so far.</summary>
    public ImportTally Tally { get; } = new();

    /// <summary>Imports everything below the paths.</summary>
    /// <exception cref="CommandException">The RecordHub can take no more; what was shown is done.</exception>
    public Task RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        FolderFileSets fileSets = new([.. paths.Where(Directory.Exists).Select(Path.TrimEndingDirectorySeparator)]);
        return Parallel.ForEachAsync(
            ImportWalker.Walk(paths, options.Recursive),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (source, token) =>
            {
                IReadOnlyList<ImportLine> lines = source switch
                {
                    ImportSource.Passed passed => [Line(passed.Path, NoKind, passed.Outcome, passed.Reason)],
                    ImportSource.Found found => await ImportFileAsync(new FileInfo(found.Path), fileSets, token),
                    _ => [],
                };
                Tally.Add(lines);
                show(lines);
            });
    }

    private async Task<IReadOnlyList<ImportLine>> ImportFileAsync(
        FileInfo file, FolderFileSets fileSets, CancellationToken cancellationToken)
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
            ArchiveKind kind = content.CanSeek
                ? await ArchiveCheck.KindOfAsync(content, file.Name, cancellationToken)
                : ArchiveKind.None;
            IReadOnlyList<ImportLine> lines = kind == ArchiveKind.None
                ? await WithWarningsAsync(
                    await ImportStreamAsync(file.FullName, content, cancellationToken), file.FullName, fileSets, cancellationToken)
                : await ImportArchiveAsync(file.FullName, content, kind, cancellationToken);
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

    private static async Task<IReadOnlyList<ImportLine>> WithWarningsAsync(
        IReadOnlyList<ImportLine> lines, string path, FolderFileSets fileSets, CancellationToken cancellationToken)
    {
        if (lines is [{ Outcome: ImportOutcomes.Ignored }] && FolderFileSets.IsDirectoryName(path))
        {
            return [.. lines, .. (await fileSets.MissingAsync(path)).Select(Missing)];
        }

        if (lines is not [{ Kind: Dicom } line])
        {
            return lines;
        }

        IReadOnlyList<string> warnings = await fileSets.CheckAsync(path, cancellationToken);
        return warnings.Count == 0 ? lines : [line with { Warnings = warnings }];
    }

    private static ImportLine Missing(string path) => Line(
        path, NoKind, ImportOutcomes.Ignored,
        ImportReport.MissingFile + ": the DICOMDIR names this file and it is not there; ask for a whole copy of the medium");

    // Of a link, the length of what it leads to.
    private static long LengthOf(FileInfo file) =>
        (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;

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
            path, record.Kind, record.Outcome, record.Reason, record.Item, record.Case)
        {
            Alert = record.Alert,
        })];
    }

    private static ImportLine Line(string path, string kind, string outcome, string reason) =>
        new(path, kind, outcome, reason, null, null);
}
