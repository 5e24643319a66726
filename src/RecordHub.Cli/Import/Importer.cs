using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;
using RecordHub.Cli.Hub;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Documents.Archives;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Import;

/// <summary>
/// Takes files, folders and archives in, several files at a time; each file has one line or more. The next are read while
/// those before them are filed.
/// </summary>
internal sealed partial class Importer(IRecordHub hub, ImportOptions options, ImportJournal? journal, Action<IReadOnlyList<ImportLine>> show)
{
    private const string Archive = "archive";
    private const string Dicom = "dicom-instance";
    private const string NoKind = "unknown";
    private const string NoInstance = "the DICOMDIR names this file as an instance, and it is none; ask for a whole copy of the medium";

    /// <summary>The counts so far.</summary>
    public ImportTally Tally { get; } = new();

    /// <summary>Imports everything below the paths.</summary>
    /// <exception cref="CommandException">The RecordHub can take no more; what was shown is done.</exception>
    public async Task RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<IReadOnlyList<ImportLine>>> taken =
            Channel.CreateBounded<Task<IReadOnlyList<ImportLine>>>(new BoundedChannelOptions(options.Ahead) { SingleReader = true });
        Task reading = TakeAllAsync(paths, taken.Writer, ended.Token);
        try
        {
            // What was taken before reading failed is shown; the failure comes after it.
            await foreach (Task<IReadOnlyList<ImportLine>> file in taken.Reader.ReadAllAsync(cancellationToken))
            {
                IReadOnlyList<ImportLine> lines = await file;
                Tally.Add(lines);
                show(lines);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    private async Task TakeAllAsync(
        IReadOnlyList<string> paths, ChannelWriter<Task<IReadOnlyList<ImportLine>>> taken, CancellationToken cancellationToken)
    {
        FolderFileSets fileSets = new([.. paths.Where(Directory.Exists).Select(Path.TrimEndingDirectorySeparator)]);
        try
        {
            await Parallel.ForEachAsync(
                ImportWalker.Walk(paths, options.Recursive),
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
                async (source, token) => await taken.WriteAsync(
                    source switch
                    {
                        ImportSource.Passed passed => Only(Line(passed.Path, NoKind, passed.Outcome, passed.Reason)),
                        ImportSource.Found found => await TakeFileAsync(new FileInfo(found.Path), fileSets, token),
                        _ => Task.FromResult<IReadOnlyList<ImportLine>>([]),
                    },
                    token));
        }
        finally
        {
            taken.Complete();
        }
    }

    // The file has been read when the outer task ends, and is done when the inner one does.
    private async Task<Task<IReadOnlyList<ImportLine>>> TakeFileAsync(
        FileInfo file, FolderFileSets fileSets, CancellationToken cancellationToken)
    {
        try
        {
            if (journal?.Find(file) is { } done)
            {
                return Task.FromResult(done);
            }

            if (ReadableFile.LengthOf(file) == 0)
            {
                // A pipe has no length either, and opening one waits for ever.
                Source source = new() { Door = Door.Import, FileName = file.Name };
                bool isMeant = FilingPreview.AtHead([], source) is { State: RecordState.Rejected } || await fileSets.NamesAsync(file.FullName);
                return Only(Line(file.FullName, NoKind, isMeant ? ImportOutcomes.Rejected : ImportOutcomes.Ignored,
                    "empty file: it has no bytes; " + (isMeant ? "ask for it again if it is a record; " : string.Empty)
                    + "pipes, sockets and drives are not read (mount a disc and give its folder)"));
            }

            if (ViewerPictures.IsNamed(file.Name) && await fileSets.HoldsAsync(file.FullName))
            {
                return Only(Line(file.FullName, NoKind, ImportOutcomes.Ignored, ViewerPictures.Reason));
            }

            await using LocalFile content = new(file.FullName);
            using SafeFileHandle same = File.OpenHandle(file.FullName, share: FileShare.ReadWrite);
            (long, DateTime) before = StateOf(same);
            ArchiveKind kind = content.CanSeek
                ? await ArchiveCheck.KindOfAsync(content, file.Name, cancellationToken)
                : ArchiveKind.None;
            Task<IReadOnlyList<ImportLine>> taken = kind switch
            {
                ArchiveKind.None => await TakeAloneAsync(file.FullName, content, fileSets, cancellationToken),
                ArchiveKind.Mail => await TakeMailAsync(file.FullName, content, 1, cancellationToken),
                _ => await TakeArchiveAsync(file.FullName, content, kind, 1, cancellationToken),
            };
            return FinishAsync(file, StateOf(same) == before
                ? taken : WithTroubleAsync(taken, "the file was changed while it was read; import it again when nobody writes to it"));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            string reason = file.Name.Contains('\uFFFD', StringComparison.Ordinal)
                ? "unreadable-name: its name is not UTF-8, so it cannot be opened; rename it and import it again"
                : unreadable is FileNotFoundException or DirectoryNotFoundException
                ? "not-found: there is no such file"
                : "unreadable-file: it cannot be read; check its permissions and the disc it is on";
            return Only(Line(file.FullName, NoKind, ImportOutcomes.Rejected, reason));
        }
    }

    private async Task<IReadOnlyList<ImportLine>> FinishAsync(FileInfo file, Task<IReadOnlyList<ImportLine>> taken)
    {
        IReadOnlyList<ImportLine> lines = await taken;
        journal?.Add(file, lines);
        return lines;
    }

    private async Task<Task<IReadOnlyList<ImportLine>>> TakeAloneAsync(
        string path, Stream content, FolderFileSets fileSets, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<ImportLine>> taken = await TakeStreamAsync(path, content, cancellationToken);
        return FolderFileSets.IsDirectoryName(path)
            ? WithMissingAsync(
                await FolderFileSets.IsWholeAsync(path) ? taken : DamagedAsync(taken), await fileSets.MissingAsync(path))
            : CheckedAsync(taken, await fileSets.NamesAsync(path), await fileSets.CheckAsync(path, cancellationToken));
    }

    private static async Task<IReadOnlyList<ImportLine>> WithMissingAsync(
        Task<IReadOnlyList<ImportLine>> taken, IReadOnlyList<string> missing)
    {
        IReadOnlyList<ImportLine> lines = await taken;
        return lines is [_] ? [.. lines, .. missing.Select(Missing)] : lines;
    }

    private static async Task<IReadOnlyList<ImportLine>> DamagedAsync(Task<IReadOnlyList<ImportLine>> taken) =>
        await taken is [{ Outcome: ImportOutcomes.Ignored } line]
            ? [line with { Outcome = ImportOutcomes.Rejected, Reason = "damaged-dicomdir: it names more files than can be read of it; ask for a whole copy of the medium" }]
            : await taken;

    // A DICOMDIR names instances: where it names something else, one is missing.
    private static async Task<IReadOnlyList<ImportLine>> CheckedAsync(
        Task<IReadOnlyList<ImportLine>> taken, bool isNamed, IReadOnlyList<string> warnings)
    {
        IReadOnlyList<ImportLine> lines = await taken;
        return lines switch
        {
            [{ Kind: Dicom } line] => [line with { Warnings = [.. line.Warnings, .. warnings] }],
            [{ Outcome: ImportOutcomes.Ignored } line] when isNamed => [line with { Outcome = ImportOutcomes.Rejected, Reason = $"{NoInstance}: {line.Reason}" }],
            [{ Kind: not NoKind, Outcome: not ImportOutcomes.Rejected } line] when isNamed => [line with { Warnings = [.. line.Warnings, NotRead + NoInstance] }],
            _ => lines,
        };
    }

    private static ImportLine Missing(string path) => Line(
        path, NoKind, ImportOutcomes.Rejected,
        ImportReport.MissingFile + ": the DICOMDIR names this file and it is not there; ask for a whole copy of the medium");

    // Whoever reads the content may close it. It is another one when somebody writes to the file.
    private static (long Length, DateTime Written) StateOf(SafeFileHandle file) =>
        (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    private async Task<Task<IReadOnlyList<ImportLine>>> TakeStreamAsync(
        string path, Stream content, CancellationToken cancellationToken, string? within = null)
    {
        Task<IReadOnlyList<ImportedView>> taken = await hub.ImportAsync(
            new ImportRequest
            {
                Content = content,
                FileName = path,
                Case = options.Case,
                Site = options.Site,
                DryRun = options.DryRun,
                Within = within,
            },
            cancellationToken);
        return LinesAsync(path, taken);
    }

    private static async Task<IReadOnlyList<ImportLine>> LinesAsync(string path, Task<IReadOnlyList<ImportedView>> taken) =>
    [
        .. (await taken).Select(record => new ImportLine(path, record.Kind, record.Outcome, record.Reason, record.Item, record.Case)
        {
            Alert = record.Alert,
            Warnings = record.Warnings,
        }),
    ];

    private static Task<IReadOnlyList<ImportLine>> Only(ImportLine line) => Task.FromResult<IReadOnlyList<ImportLine>>([line]);

    private static ImportLine Line(string path, string kind, string outcome, string reason) =>
        new(path, kind, outcome, reason, null, null);
}
