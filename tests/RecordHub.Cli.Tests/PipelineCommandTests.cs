using NUnit.Framework;

namespace RecordHub.Cli.Tests;

public sealed class PipelineCommandTests
{
    private string _folder = string.Empty;

    [SetUp]
    public async Task MakeStoreAsync()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-pipeline-").FullName;
        await CommandRun.RunAsync("token", "create", "--name", "first", "--role", "administrator", "--data", _folder);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Nothing_that_fails_is_an_empty_list()
    {
        CommandRun people = await CommandRun.RunAsync("pipeline", "failed", "--data", _folder);
        CommandRun programs = await CommandRun.RunAsync("pipeline", "failed", "--data", _folder, "--json");

        Assert.That((people.ExitCode, people.Output.Trim()), Is.EqualTo((0, "Nothing fails.")), people.ToString());
        Assert.That((programs.ExitCode, programs.Output.Trim()), Is.EqualTo((0, "[]")), programs.ToString());
    }

    [TestCase(2, "pipeline", "retry")]
    [TestCase(2, "pipeline", "retry", "x", "--all")]
    [TestCase(2, "pipeline", "drop", "x")]
    [TestCase(1, "pipeline", "retry", "x")]
    [TestCase(1, "pipeline", "drop", "x", "--reason", "damaged")]
    [TestCase(0, "pipeline", "retry", "--all")]
    public async Task What_it_cannot_do_it_says(int exitCode, params string[] arguments)
    {
        CommandRun run = await CommandRun.RunAsync([.. arguments, "--data", _folder]);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        Assert.That(run.Error, exitCode == 0 ? Is.Empty : Is.Not.Empty);
    }
}
