using NUnit.Framework;

namespace RecordHub.Cli.Tests.Import;

/// <summary>The site that an import says it is from.</summary>
[CancelAfter(120_000)]
public sealed class ImportSiteTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-site-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("")]
    [TestCase(" --dry-run")]
    public async Task One_that_is_not_configured_is_refused_before_anything_is_taken(string more)
    {
        string letter = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(letter, "A letter.");

        await RunAsync("site add North");
        await RunAsync("token create --name first --role administrator");
        CommandRun other = await RunAsync($"import {letter} --site Nope{more}");
        CommandRun inbox = await RunAsync("inbox list --json");
        CommandRun known = await RunAsync($"import {letter} --site north --json{more}");

        Assert.That(other.ExitCode, Is.EqualTo(ExitCodes.Failed), other.ToString());
        Assert.That(other.Error, Does.Contain("There is no site Nope").And.Contain("Known are North").And.Contain("recordhub site add"));
        Assert.That(inbox.Output.Trim(), Is.EqualTo("[]"), "nothing was taken");
        Assert.That(known.ExitCode, Is.EqualTo(ExitCodes.Attention), known.ToString());
        Assert.That(known.Output, Does.Contain("\"held\":1"));
    }

    [Test]
    public async Task Where_none_is_configured_a_name_says_where_things_are_from()
    {
        string letter = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(letter, "A letter.");

        CommandRun run = await RunAsync($"import {letter} --site North --json");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention), run.ToString());
        Assert.That(run.Output, Does.Contain("\"held\":1"));
    }

    private Task<CommandRun> RunAsync(string line) =>
        CommandRun.RunAsync([.. CommandText.Split(line), "--data", Path.Combine(_folder, "data")]);
}
