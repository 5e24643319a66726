using NUnit.Framework;

namespace RecordHub.Cli.Tests;

public sealed class DemoTests
{
    [Test]
    public async Task The_demonstration_ends_with_everything_as_expected()
    {
        CommandRun run = await CommandRun.RunAsync("demo", "--exit", "--seed", "3");

        Assert.That(run.Output, Does.Contain("Everything was as expected."), run.ToString());
        Assert.That(run.ExitCode, Is.Zero);
    }
}
