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
    public async Task What_looks_for_something_in_a_store_makes_none(string command)
    {
        string nowhere = Path.Combine(_folder, "nowhere");

        CommandRun run = await CommandRun.RunAsync([.. command.Split(' '), "--data", nowhere]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain("no store here").And.Contain("--data"));
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
