using System.CommandLine;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Cli.Commands;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Cli.Tests;

public sealed class CommandLineTests
{
    private static IEnumerable<TestCaseData> Commands() => Below(CommandLine.Build(), [])
        .Select(command => new TestCaseData(command.Path, command.Example).SetArgDisplayNames(string.Join(' ', command.Path)));

    private static IEnumerable<string> ReadmeCommands() => CommandText.CommandsOf("README.md");

    private static IEnumerable<string> WalkThroughCommands() => CommandText.CommandsOf("samples/README.md");

    [TestCaseSource(nameof(Commands))]
    public async Task Every_command_has_help_with_an_example(string[] path, string example)
    {
        CommandRun run = await CommandRun.RunAsync([.. path, "--help"]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Usage:").And.Contain($"recordhub {example}"));
    }

    [TestCaseSource(nameof(Commands))]
    public void Every_example_is_understood(string[] path, string example)
    {
        ParseResult parsed = CommandLine.Build().Parse(CommandText.Split(example.Split(" > ")[0]));

        Assert.That(parsed.Errors.Select(error => error.Message), Is.Empty);
        Assert.That(example, Does.StartWith(path[0]));
    }

    [TestCaseSource(nameof(Commands))]
    public void No_two_options_of_a_command_have_one_name(string[] path, string example)
    {
        Command command = path.Aggregate<string, Command>(
            CommandLine.Build(), (above, name) => above.Subcommands.Single(one => one.Name == name));

        Assert.That(command.Options.Concat(GlobalOptions.All).SelectMany(option => option.Aliases.Append(option.Name)),
            Is.Unique, example);
    }

    [TestCaseSource(nameof(ReadmeCommands))]
    [TestCaseSource(nameof(WalkThroughCommands))]
    public void Every_command_of_the_documents_is_understood(string command) => Assert.That(
        CommandLine.Build().Parse(CommandText.Split(command)).Errors.Select(error => error.Message), Is.Empty);

    [TestCase("bogus")]
    [TestCase("case")]
    [TestCase("case show")]
    [TestCase("case show one")]
    [TestCase("case create --family A")]
    [TestCase("import")]
    [TestCase("import . --dry-run --resume")]
    [TestCase("inbox assign 1 --case 1")]
    [TestCase("inbox reject 0193a1b2c3d470008000000000000001")]
    [TestCase("package publish 1 --force")]
    [TestCase("package diff 1 --from 0 --to 1")]
    [TestCase("token create --name n --role king")]
    [TestCase("dicom echo nowhere")]
    [TestCase("pull North")]
    [TestCase("pull North --patient 4711")]
    [TestCase("pull North --since yesterday")]
    [TestCase("pull North --case 1 --server http://127.0.0.1:1 --token t")]
    [TestCase("send 1")]
    [TestCase("send somebody --to North")]
    [TestCase("send 1.2.3 --to North --reconciled")]
    [TestCase("send 1 --case 1 --to North")]
    [TestCase("send 1 --to North --server http://127.0.0.1:1 --token t")]
    [TestCase("dicom find 127.0.0.1:1 -k NoSuchKeyword=1")]
    [TestCase("dicom find 127.0.0.1:1 --level FRAME -k PatientID")]
    [TestCase("dicom get 127.0.0.1:1 -k StudyDescription")]
    [TestCase("dicom get 127.0.0.1:1 -k SOPInstanceUID=1.2.3")]
    [TestCase("dicom move 127.0.0.1:1 -k StudyInstanceUID=1.2.3")]
    [TestCase("case list --server ftp://host")]
    [TestCase("case list --server http://127.0.0.1:1 --data .")]
    public async Task A_wrong_command_line_is_usage_and_says_what_to_do(string line)
    {
        CommandRun run = await CommandRun.RunAsync(CommandText.Split(line));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Usage), run.ToString());
        Assert.That(run.Error, Is.Not.Empty);
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("import . --recusive", "'--recusive' is no option", "Did you mean --recursive?")]
    [TestCase("samples --seeed", "'--seeed' is no option", "Did you mean --seed?")]
    [TestCase("case list --jsn", "'--jsn' is no option", "Did you mean --json?")]
    [TestCase("serve --dat x", "'--dat' is no option", "Did you mean --data?")]
    [TestCase("import . -x", "'-x' is no option", "--help")]
    [TestCase("cas list", "'cas' is not understood", "Did you mean case?")]
    [TestCase("inbox lst", "'lst' is not understood", "Did you mean list?")]
    [TestCase("frobnicate", "'frobnicate' is not understood.", "recordhub --help")]
    [TestCase("inbox", "A command is missing: list, ", "recordhub inbox --help")]
    [TestCase("token create --name n --role king", "king", "administrator")]
    public async Task What_is_mistyped_is_named_with_what_was_probably_meant(string line, string named, string meant)
    {
        CommandRun run = await CommandRun.RunAsync(CommandText.Split(line));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Usage), run.ToString());
        Assert.That(run.Error, Does.Contain(named).And.Contain(meant).And.Not.Contain("RecordHub.Core"));
    }

    [Test]
    public async Task A_name_that_begins_with_a_dash_is_given_after_two()
    {
        CommandRun run = await CommandRun.RunAsync("import", "--data", "/no/such/folder", "--", "--recusive");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain("There is no ").And.Contain("--recusive"));
    }

    [Test]
    public async Task A_failure_in_json_is_an_error_and_an_advice_on_standard_error()
    {
        CommandRun run = await CommandRun.RunAsync("case", "show", "one", "--json");

        using JsonDocument document = JsonDocument.Parse(run.Error);
        Assert.That(run.Output, Is.Empty);
        Assert.That(document.RootElement.GetProperty("error").GetString(), Does.Contain("'one' is no number of a case"));
        Assert.That(document.RootElement.GetProperty("advice").GetString(), Does.Contain("--help"));
    }

    [Test]
    public async Task A_path_that_is_not_there_fails_before_anything_is_opened()
    {
        CommandRun run = await CommandRun.RunAsync("import", "/no/such/path", "--data", "/no/such/folder");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("There is no /no/such/path"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_dump_shows_text_as_it_reads_what_is_odd_and_where_the_file_ends(bool json)
    {
        byte[] file = DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SpecificCharacterSet, "ISO IR 192")
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse("2.25.1"))
            .Add(DicomTags.PatientName, DicomVr.PN, Encoding.UTF8.GetBytes("山田^太郎 "))
            .Add(DicomTags.PatientID, "P1"));
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file[..^1]);
            CommandRun run = await CommandRun.RunAsync(["dicom", "dump", path, .. json ? ["--json"] : Array.Empty<string>()]);

            Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention));
            Assert.That(run.Output, Does.Contain("山田^太郎"));
            string notes = json ? run.Error : run.Output;
            Assert.That(notes, Does.Contain("Warning: MisspelledCharacterSet").And.Contain("Warning: Truncated"));
            Assert.That(notes, Does.Contain($"Partial: readable up to byte {file.Length - 1} of {file.Length - 1}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task A_service_that_does_not_answer_fails_with_a_sentence()
    {
        CommandRun run = await CommandRun.RunAsync("dicom", "echo", "127.0.0.1:9");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("127.0.0.1:9 does not answer"));
    }

    private static IEnumerable<(string[] Path, string Example)> Below(Command command, string[] path)
    {
        foreach (Command child in command.Subcommands)
        {
            string[] below = [.. path, child.Name];
            yield return (below, ((ExampleCommand)child).Example);
            foreach ((string[], string) inner in Below(child, below))
            {
                yield return inner;
            }
        }
    }
}
