using NUnit.Framework;

namespace RecordHub.Cli.Tests.Import;

/// <summary>Runs the commands of samples/README.md as they stand there.</summary>
public sealed class WalkThroughTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("walk-through-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_walk_through_works_as_it_is_written()
    {
        List<CommandRun> imports = [];
        foreach (string command in CommandText.CommandsOf("samples/README.md"))
        {
            string[] arguments = [.. CommandText.Split(command).Select(InFolder)];
            CommandRun run = await CommandRun.RunAsync(arguments);
            if (arguments[0] == "import")
            {
                imports.Add(run);
                Assert.That(run.ExitCode, Is.EqualTo(imports.Count < 3 ? ExitCodes.Attention : ExitCodes.Done), $"{command}\n{run}");
            }
            else
            {
                Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), $"{command}\n{run}");
            }
        }

        Assert.That(imports[0].Output, Does.Contain("Nothing was changed"));
        Assert.That(imports[1].Output, Does.Contain("1 held"));
        Assert.That(imports[2].Output, Does.Not.Match(@"\d filed"));
    }

    // The document's relative paths are relative to the reader's folder.
    private string InFolder(string argument) =>
        argument.StartsWith("./", StringComparison.Ordinal) || argument == "case-1.zip"
            ? Path.Combine(_folder, argument)
            : argument;
}
