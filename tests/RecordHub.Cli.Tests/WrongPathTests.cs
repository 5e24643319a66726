using NUnit.Framework;

namespace RecordHub.Cli.Tests;

/// <summary>A command on a path where no store is says so in a sentence, and gives no comfort of a store that it made.</summary>
public sealed class WrongPathTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-path-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCase("audit verify")]
    [TestCase("purge 1")]
    [TestCase("purge --due --dry-run")]
    [TestCase("case list")]
    [TestCase("case show 1")]
    [TestCase("case missing 1")]
    [TestCase("case letter 1")]
    [TestCase("case links 1")]
    [TestCase("case unlink 1 --identifier urn:x|1 --reason R")]
    [TestCase("case deliver 1")]
    [TestCase("case reopen 1 --reason R")]
    [TestCase("case hold 1 --reason R")]
    [TestCase("inbox list")]
    [TestCase("inbox groups")]
    [TestCase("inbox alerts")]
    [TestCase("inbox show 0193a1b2c3d470008000000000000001")]
    [TestCase("inbox assign 0193a1b2c3d470008000000000000001 --case 1")]
    [TestCase("inbox reject 0193a1b2c3d470008000000000000001 --reason R")]
    [TestCase("inbox undo 0193a1b2c3d470008000000000000001")]
    [TestCase("study split 1.2 --from 1 --to 2 --series 1.3")]
    [TestCase("package publish 1")]
    [TestCase("package show 1")]
    [TestCase("package diff 1 --from 1 --to 2")]
    [TestCase("package readers 1")]
    [TestCase("package export 1 --out never.zip")]
    [TestCase("pipeline failed")]
    [TestCase("pipeline retry --all")]
    [TestCase("token list")]
    [TestCase("token revoke x")]
    [TestCase("dicom commitments")]
    [TestCase("backup --out never")]
    [TestCase("send 1 --to North")]
    [TestCase("pull North --case 1")]
    [TestCase("import . --case 1")]
    public async Task What_looks_for_something_in_a_store_makes_none(string command)
    {
        string nowhere = Path.Combine(_folder, "nowhere");

        CommandRun run = await CommandRun.RunAsync([.. command.Split(' '), "--data", nowhere]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain("no store here").And.Contain("--data"));
        Assert.That(Directory.Exists(nowhere), Is.False);
    }

    [Test]
    public async Task A_dry_run_says_what_an_empty_store_would_do_and_leaves_none([Values] bool folderIsThere)
    {
        string file = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(file, "Patient: Musterfall, Erika\nDate of birth: 12.08.1964\n\nThe lesion has grown.\n");
        string nowhere = Path.Combine(_folder, "nowhere");
        if (folderIsThere)
        {
            Directory.CreateDirectory(nowhere);
        }

        CommandRun run = await CommandRun.RunAsync("import", file, "--dry-run", "--data", nowhere);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention), run.ToString());
        Assert.That(run.Output, Does.Contain("no-matching-case"));
        Assert.That(Directory.Exists(nowhere) && Directory.EnumerateFileSystemEntries(nowhere).Any(), Is.False);
    }

    [TestCase("site list", "no folder")]
    [TestCase("site test North", "no site")]
    [TestCase("pull North --patient urn:x|1", "no site")]
    public async Task What_looks_for_a_site_makes_no_store(string command, string said)
    {
        string nowhere = Path.Combine(_folder, "nowhere");

        CommandRun run = await CommandRun.RunAsync([.. command.Split(' '), "--data", nowhere]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain(said));
        Assert.That(Directory.Exists(nowhere), Is.False);
    }

    [TestCase("case list")]
    [TestCase("audit verify")]
    [TestCase("serve")]
    [TestCase("restore --from nowhere")]
    [TestCase("backup --out nowhere")]
    public async Task A_file_in_place_of_the_folder_is_said(string command)
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "x");

        CommandRun run = await CommandRun.RunAsync([.. command.Split(' '), "--data", file]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain("is a file").And.Contain("--data").And.Not.Contain("   at "));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("x"));
    }
}
