using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Tests.Import;

/// <summary>Files of which nothing or not all can be read.</summary>
public sealed class UnreadableFilesTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("unreadable-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("IM000001", ImportOutcomes.Rejected)]
    [TestCase("image.dcm", ImportOutcomes.Rejected)]
    [TestCase("viewer.dat", ImportOutcomes.Ignored)]
    public async Task An_empty_file_that_is_named_as_a_record_is_one_that_is_missing(string name, string outcome)
    {
        await WriteAsync(name, string.Empty);

        (List<ImportLine> lines, Importer importer) = await ImportAsync(Echo());

        Assert.That(lines.Single().Outcome, Is.EqualTo(outcome));
        Assert.That(importer.Tally.NeedsAttention, Is.EqualTo(outcome == ImportOutcomes.Rejected));
    }

    // Linux opens no path of more than 4,096 bytes, and makes longer ones in steps.
    [Test]
    [Platform("Linux")]
    public async Task A_path_that_is_too_long_is_said_and_the_others_are_read()
    {
        await WriteAsync("a.txt", "filed");
        string script = "for i in $(seq 60); do mkdir " + new string('x', 80) + "; cd " + new string('x', 80) + "; done; echo filed > b.txt; echo filed > IM1";
        using (Process make = Process.Start(
            new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _folder })!)
        {
            await make.WaitForExitAsync();
        }

        try
        {
            (List<ImportLine> lines, _) = await ImportAsync(Echo());

            Assert.That(lines.Select(line => line.Outcome), Is.EquivalentTo(new[] { "filed", "rejected" }));
            Assert.That(lines.Single(line => line.Outcome == "rejected").Reason, Does.StartWith("path-too-long: "));
        }
        finally
        {
            using Process remove = Process.Start("rm", ["-rf", Path.Combine(_folder, new string('x', 80))]);
            await remove.WaitForExitAsync();
        }
    }

    [TestCase("IM1", "IM2")]
    [TestCase("DICOMDIR", "IM2")]
    [Platform("Linux")]
    [CancelAfter(60_000)]
    public async Task A_pipe_among_files_is_not_waited_for(string pipe, string image, CancellationToken token)
    {
        await MakePipeAsync(pipe, token);
        await WriteAsync(image, "filed");
        string output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        (List<ImportLine> lines, _) = await ImportAsync(Echo()).WaitAsync(token);
        CommandRun send = await CommandRun.RunAsync("dicom", "send", "127.0.0.1:1", _folder).WaitAsync(token);
        CommandRun clean = await CommandRun.RunAsync("dicom", "deidentify", _folder, "--out", output).WaitAsync(token);
        CommandRun listed = await CommandRun.RunAsync("dicom", "dicomdir", _folder).WaitAsync(token);

        Assert.That(lines.Select(line => line.Outcome), Is.EquivalentTo(new[] { "filed", "rejected" }));
        Assert.That(lines.Single(line => line.Outcome == "rejected").Path, Does.EndWith(pipe));
        Assert.That(send.Output, Does.Contain($"{pipe}: ").And.Contain("it has no bytes; pipes, sockets and drives are not read"));
        Assert.That(clean.Output, Does.Contain("unreadable-file: it has no bytes"));
        Assert.That(listed.Error, Does.Contain("it has no bytes"));
        Directory.Delete(output, recursive: true);
    }

    [Test]
    public async Task A_file_that_is_gone_is_one_that_was_not_sent_and_does_not_end_the_others()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "IM1"), Path.Combine(_folder, "gone"));
        await WriteAsync("IM2", "no image");

        CommandRun run = await CommandRun.RunAsync("dicom", "send", "127.0.0.1:1", _folder);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Output, Does.Contain("IM1:  not sent: there is no such file any more").And.Contain("2 not sent"));
    }

    [Test]
    public async Task A_file_that_is_changed_while_it_is_read_is_said()
    {
        await WriteAsync("a.txt", "filed");
        FakeHub hub = new((path, _) =>
        {
            File.AppendAllText(path, " and more");
            return Task.FromResult(Filed());
        });

        (List<ImportLine> lines, Importer importer) = await ImportAsync(hub);

        Assert.That(lines.Single().Warnings.Single(), Does.StartWith("not-read: the file was changed while it was read"));
        Assert.That(importer.Tally.NeedsAttention, Is.True);
    }

    private async Task MakePipeAsync(string name, CancellationToken token)
    {
        using Process make = Process.Start("mkfifo", [Path.Combine(_folder, name)]);
        await make.WaitForExitAsync(token);
    }

    private static FakeHub Echo() => new((_, _) => Task.FromResult(Filed()));

    private static ImportedView Filed() => new("plain-text", "filed", "because", "1", null);

    private async Task<(List<ImportLine> Lines, Importer Importer)> ImportAsync(FakeHub hub)
    {
        List<ImportLine> lines = [];
        Importer importer = new(hub, new ImportOptions { Recursive = true }, null, lines.AddRange);
        await importer.RunAsync([_folder], CancellationToken.None);
        return (lines, importer);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);
}
