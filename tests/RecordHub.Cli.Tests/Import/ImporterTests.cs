using System.IO.Compression;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Tests.Import;

public sealed class ImporterTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("importer-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_file_has_a_line_and_the_tally_is_their_sum()
    {
        Write("a.txt", "filed");
        Write("b.txt", "held");
        Write("inner/c.txt", "duplicate");

        (List<ImportLine> lines, Importer importer) = await ImportAsync(recursive: true);

        Assert.That(lines.Select(line => (Path.GetFileName(line.Path), line.Outcome)), Is.EquivalentTo(
            new[] { ("a.txt", "filed"), ("b.txt", "held"), ("c.txt", "duplicate") }));
        Assert.That(importer.Tally.Summary["filed"], Is.EqualTo(1));
        Assert.That(importer.Tally.NeedsAttention, Is.True);
    }

    [Test]
    public async Task Folders_inside_are_named_when_they_are_not_gone_into()
    {
        Write("inner/c.txt", "filed");

        (List<ImportLine> lines, _) = await ImportAsync(recursive: false);

        Assert.That(lines.Single().Outcome, Is.EqualTo(ImportOutcomes.Ignored));
        Assert.That(lines.Single().Reason, Does.Contain("--recursive"));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(30_000)]
    public async Task A_pipe_is_passed_and_not_waited_for(CancellationToken cancellationToken)
    {
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", Path.Combine(_folder, "pipe")))
        {
            await make.WaitForExitAsync(cancellationToken);
        }

        (List<ImportLine> lines, _) = await ImportAsync(recursive: true).WaitAsync(cancellationToken);

        Assert.That(lines.Single().Outcome, Is.EqualTo(ImportOutcomes.Rejected));
        Assert.That(lines.Single().Reason, Does.Contain("pipes"));
    }

    [Test]
    public async Task Members_of_an_archive_are_read_and_a_member_that_leaves_it_is_refused()
    {
        using (ZipArchive archive = ZipFile.Open(Path.Combine(_folder, "disc.zip"), ZipArchiveMode.Create))
        {
            Add(archive, "good/a.txt", "filed");
            Add(archive, "../evil.txt", "filed");
        }

        (List<ImportLine> lines, _) = await ImportAsync(recursive: true);

        Assert.That(lines.Count(line => line.Outcome == "filed" && line.Path.EndsWith("disc.zip!/good/a.txt", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(lines.Count(line => line.Outcome == "rejected" && line.Reason.StartsWith("archive: ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_Word_document_is_a_document_and_no_archive()
    {
        using (ZipArchive archive = ZipFile.Open(Path.Combine(_folder, "letter.docx"), ZipArchiveMode.Create))
        {
            Add(archive, "[Content_Types].xml", "<Types/>");
            Add(archive, "word/document.xml", "<document/>");
        }

        FakeHub hub = new((_, _) => Task.FromResult(new ImportedView("docx", "filed", "ok", "1", 1)));
        (List<ImportLine> lines, _) = await ImportAsync(recursive: true, hub);

        Assert.That(lines.Single().Kind, Is.EqualTo("docx"));
        Assert.That(hub.Asked.Single(), Does.EndWith("letter.docx"));
    }

    [Test]
    public async Task A_link_to_a_folder_is_named_and_not_followed()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);

        (List<ImportLine> lines, _) = await ImportAsync(recursive: true);

        Assert.That(lines.Single().Reason, Does.StartWith("link: "));
    }

    [Test]
    public async Task What_a_journal_has_is_not_sent_again_unless_it_was_changed()
    {
        Write("a.txt", "filed");
        Write("b.txt", "filed");
        string journals = Path.Combine(_folder, "..", Path.GetFileName(_folder) + "-journal");
        try
        {
            ImportOptions options = new() { Recursive = true };
            using (ImportJournal first = ImportJournal.Open(journals, "here", options, resume: false))
            {
                await ImportAsync(recursive: true, Echo(), first);
            }

            // The end of a process that was killed while it wrote.
            await File.AppendAllTextAsync(Directory.GetFiles(journals).Single(), "{\"path\":\"torn");
            Write("b.txt", "held now");
            FakeHub hub = Echo();
            using ImportJournal second = ImportJournal.Open(journals, "here", options, resume: true);
            (List<ImportLine> lines, _) = await ImportAsync(recursive: true, hub, second);

            Assert.That(hub.Asked.Select(path => Path.GetFileName(path)), Is.EqualTo(new[] { "b.txt" }));
            Assert.That(lines, Has.Count.EqualTo(2));
        }
        finally
        {
            Directory.Delete(journals, recursive: true);
        }
    }

    // Otherwise the first would wait for ever.
    [TestCase(false)]
    [TestCase(true)]
    [CancelAfter(30_000)]
    public async Task What_is_next_is_read_while_what_was_before_waits_for_its_outcome(bool inArchive, CancellationToken cancellationToken)
    {
        const int files = 40;
        string[] names = [.. Enumerable.Range(0, files).Select(number => $"{number:D2}.txt")];
        if (inArchive)
        {
            using ZipArchive archive = ZipFile.Open(Path.Combine(_folder, "all.zip"), ZipArchiveMode.Create);
            Array.ForEach(names, name => Add(archive, name, "filed"));
        }
        else
        {
            Array.ForEach(names, name => Write(name, "filed"));
        }

        int asked = 0;
        TaskCompletionSource<ImportedView> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeHub hub = new((_, _) =>
        {
            if (Interlocked.Increment(ref asked) == files)
            {
                outcome.SetResult(Echoed("filed"));
            }

            return outcome.Task;
        });

        (List<ImportLine> lines, _) = await ImportAsync(
            recursive: true, hub, options: new ImportOptions { Parallel = 4 }).WaitAsync(cancellationToken);

        Assert.That(
            lines.Select(line => line.Path.Split('/', '!')[^1]), inArchive ? Is.EqualTo(names) : Is.EquivalentTo(names));
    }

    [TestCase(1)]
    [TestCase(5)]
    [CancelAfter(30_000)]
    public async Task No_more_wait_for_their_outcome_than_may(int ahead, CancellationToken cancellationToken)
    {
        for (int number = 0; number < 40; number++)
        {
            Write($"{number}.txt", "filed");
        }

        int waiting = 0;
        int most = 0;
        FakeHub hub = new(async (_, _) =>
        {
            int now = Interlocked.Increment(ref waiting);
            lock (_folder)
            {
                most = Math.Max(most, now);
            }

            await Task.Yield();
            Interlocked.Decrement(ref waiting);
            return Echoed("filed");
        });

        await ImportAsync(recursive: true, hub, options: new ImportOptions { Parallel = 2, Ahead = ahead })
            .WaitAsync(cancellationToken);

        // Those in the channel, the one that is looked at, and those that are being put in.
        Assert.That(most, Is.InRange(1, ahead + 3));
    }

    [Test]
    public void What_was_taken_before_the_RecordHub_could_take_no_more_is_shown()
    {
        for (int number = 0; number < 5; number++)
        {
            Write($"{number}.txt", "filed");
        }

        int asked = 0;
        FakeHub hub = new((_, _) => Interlocked.Increment(ref asked) == 3
            ? throw new CommandException("The disk is full.", "Free some space.")
            : Task.FromResult(Echoed("filed")));
        List<ImportLine> lines = [];
        Importer importer = new(hub, new ImportOptions { Recursive = true, Parallel = 1 }, null, lines.AddRange);

        Assert.ThrowsAsync<CommandException>(() => importer.RunAsync([_folder], CancellationToken.None));
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(importer.Tally.Files, Is.EqualTo(2));
    }

    private static FakeHub Echo() => new(
        (_, content) => Task.FromResult(Echoed(System.Text.Encoding.UTF8.GetString(content).Split(' ')[0])));

    private static ImportedView Echoed(string outcome) => new("plain-text", outcome, "because", "1", null);

    private async Task<(List<ImportLine> Lines, Importer Importer)> ImportAsync(
        bool recursive, FakeHub? hub = null, ImportJournal? journal = null, ImportOptions? options = null)
    {
        List<ImportLine> lines = [];
        Importer importer = new(hub ?? Echo(), (options ?? new ImportOptions()) with { Recursive = recursive }, journal, done =>
        {
            lock (lines)
            {
                lines.AddRange(done);
            }
        });
        await importer.RunAsync([_folder], CancellationToken.None);
        return (lines, importer);
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using StreamWriter writer = new(archive.CreateEntry(name).Open());
        writer.Write(text);
    }
}
