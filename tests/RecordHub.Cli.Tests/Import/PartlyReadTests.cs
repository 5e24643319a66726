using System.Text.Json;
using NUnit.Framework;

namespace RecordHub.Cli.Tests.Import;

/// <summary>Files of which not everything can be read.</summary>
[CancelAfter(120_000)]
public sealed class PartlyReadTests
{
    private const string Patient =
        """{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:north","value":"N1"}],"name":[{"family":"Musterfall","given":["Erika"]}],"birthDate":"1964-08-12","gender":"female"}""";

    private const string Observation =
        """{"resourceType":"Observation","status":"final","code":{"text":"marker"},"subject":{"reference":"Patient/p"}}""";

    private string _folder = string.Empty;

    [SetUp]
    public async Task OpenCase()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-part-").FullName;
        CommandRun run = await RunAsync(
            "case", "create", "--specialty", "oncology", "--family", "Musterfall", "--given", "Erika", "--birth-date", "1964-08-12",
            "--sex", "female", "--identifier", "urn:north|N1", "--question", "Surgery?");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), run.ToString());
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("lines.ndjson", Patient + "\n{\"resourceType\":\n" + Observation + "\n", "line 2 is not a FHIR resource")]
    [TestCase(
        "releases.ndjson",
        Patient + "\n{\"resourceType\":\"MedicationOrder\"}\n{\"resourceType\":\n" + Observation + "\n",
        "line 2 is not FHIR R4; line 3 is not a FHIR resource")]
    [TestCase(
        "batch.json",
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":{\"resourceType\":\"Bogus\"}},{\"resource\":"
            + Patient + "},{\"resource\":" + Observation + "}]}",
        "Bundle.entry[0] is not a FHIR resource")]
    public async Task What_cannot_be_read_is_a_warning_of_its_line_and_needs_attention(string name, string content, string lost)
    {
        string path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content);

        CommandRun dry = await RunAsync("import", path, "--dry-run", "--json");
        CommandRun import = await RunAsync("import", path, "--json");
        CommandRun again = await RunAsync("import", path, "--json");

        Assert.That(Outcome(dry), Is.EqualTo("filed"), dry.ToString());
        Assert.That(Outcome(import), Is.EqualTo("filed"), import.ToString());
        Assert.That(Outcome(again), Is.EqualTo("duplicate"), again.ToString());
        Assert.That(Warnings(dry), Is.EqualTo(new[] { "not-read: " + lost }));
        Assert.That(Warnings(import), Is.EqualTo(new[] { "not-read: " + lost }));
        Assert.That(Warnings(again), Is.EqualTo(new[] { "not-read: " + lost }));
        Assert.That(new[] { dry.ExitCode, import.ExitCode }, Is.All.EqualTo(ExitCodes.Attention));
        Assert.That(again.ExitCode, Is.EqualTo(ExitCodes.Done), "it asks nobody again");
    }

    [Test]
    public async Task What_is_read_as_a_whole_has_no_warning()
    {
        string path = Path.Combine(_folder, "whole.ndjson");
        await File.WriteAllTextAsync(path, $"{Patient}\n\n{Observation}\n");

        CommandRun import = await RunAsync("import", path, "--json");

        Assert.That(Warnings(import), Is.Empty);
        Assert.That(import.ExitCode, Is.EqualTo(ExitCodes.Done), import.ToString());
    }

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.RunAsync([.. arguments, "--data", Path.Combine(_folder, "data")]);

    private static string? Outcome(CommandRun run) => Line(run).GetProperty("outcome").GetString();

    private static string[] Warnings(CommandRun run) =>
        [.. Line(run).GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];

    private static JsonElement Line(CommandRun run) =>
        JsonDocument.Parse(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0]).RootElement;
}
