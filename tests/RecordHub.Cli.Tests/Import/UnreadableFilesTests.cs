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
