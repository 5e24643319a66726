using System.Text.Json;
using NUnit.Framework;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>A whole folder of everything, twice.</summary>
[CancelAfter(900_000)]
public sealed class ImportTests
{
    private const long MostMemory = 512L << 20;
    private string _data = string.Empty;

    [SetUp]
    public void MakeFolder() => _data = Directory.CreateTempSubdirectory("import-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Every_file_has_an_outcome_and_the_second_time_nothing_is_new(CancellationToken token)
    {
        string folder = SharedFiles.Folder(".");
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

        (int first, IReadOnlyList<JsonElement> lines, long peak) = await ImportAsync(folder, token);
        (int second, IReadOnlyList<JsonElement> again, _) = await ImportAsync(folder, token);

        Assert.That(first, Is.EqualTo(3));
        Assert.That(second, Is.EqualTo(3), "what is missing is missing still");
        Assert.That(files.Except(lines.Select(PathOf)), Is.Empty);
        Assert.That(lines.Where(line => string.IsNullOrEmpty(line.GetProperty("reason").GetString()) && OutcomeOf(line) != "filed"), Is.Empty);
        Assert.That(again.Select(OutcomeOf).Distinct(), Is.SubsetOf(["duplicate", "ignored", "rejected"]), "what is here already asks nobody again");
        Assert.That(
            again.Where(line => OutcomeOf(line) == "rejected").Select(WordsOf),
            Is.SubsetOf(lines.Where(line => OutcomeOf(line) == "rejected").Select(WordsOf)));
        Assert.That(peak, Is.LessThan(MostMemory));
    }

    private static string PathOf(JsonElement line) => line.GetProperty("path").GetString()!.Split("!/")[0];

    private static (string? Path, string? Reason) WordsOf(JsonElement line) =>
        (line.GetProperty("path").GetString(), line.GetProperty("reason").GetString());

    private static string OutcomeOf(JsonElement line) => line.GetProperty("outcome").GetString()!;

    private async Task<(int ExitCode, IReadOnlyList<JsonElement> Lines, long Peak)> ImportAsync(
        string folder, CancellationToken token)
    {
        (int exitCode, string output, string error, long peak) = await RecordHubProcess.MeasuredCommandAsync(
            token, "import", folder, "--recursive", "--data", _data, "--json");
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.That(lines, Is.Not.Empty, error);
        Assert.That(lines[^1].TryGetProperty("summary", out _), Is.True, error);
        Assert.That(lines[^1].GetProperty("seconds").GetDouble(), Is.Positive);
        return (exitCode, lines[..^1], peak);
    }
}
