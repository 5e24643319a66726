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

        CommandRun none = await RunAsync($"import {letter} --site Nope{more}");
        await RunAsync("site add North");
        CommandRun other = await RunAsync($"import {letter} --site Nope{more}");
        CommandRun inbox = await RunAsync("inbox list --json");
        CommandRun known = await RunAsync($"import {letter} --site north --json{more}");

        Assert.That(new[] { none.ExitCode, other.ExitCode }, Is.All.EqualTo(ExitCodes.Failed), none.ToString());
        Assert.That(none.Error, Does.Contain("There is no site Nope").And.Contain("recordhub site add"));
        Assert.That(other.Error, Does.Contain("Known are North"));
        Assert.That(inbox.Output.Trim(), Is.EqualTo("[]"), "nothing was taken");
        Assert.That(known.ExitCode, Is.EqualTo(ExitCodes.Attention), known.ToString());
        Assert.That(known.Output, Does.Contain("\"held\":1"));
    }

    private Task<CommandRun> RunAsync(string line) =>
        CommandRun.RunAsync([.. CommandText.Split(line), "--data", Path.Combine(_folder, "data")]);
}
