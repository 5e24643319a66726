using System.Text.Json;
using NUnit.Framework;

namespace RecordHub.Cli.Tests;

/// <summary>Merges and links from the command line.</summary>
[CancelAfter(120_000)]
public sealed class LinkCommandTests
{
    private const string Number = "--identifier 'urn:north|222' --reason 'another patient'";

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-links-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_merge_links_a_number_and_a_person_takes_it_back_and_restores_it()
    {
        await RunAsync("site add North --default-issuer urn:north");
        await RunAsync(
            "case create --specialty oncology --family Musterfall --given Erika --birth-date 1964-08-12 --question Surgery? --identifier urn:north|111");
        CommandRun merged = await ImportAsync(
            "merge.hl7",
            "MSH|^~\\&|ADT|NORTH|||20260101||ADT^A40|1|P|2.5\rPID|1||111||Musterfall^Erika||19640812|F\rMRG|222\r");
        CommandRun record = await ImportAsync(
            "result.hl7",
            "MSH|^~\\&|LAB|NORTH|||20260101||ORU^R01|2|P|2.5\rPID|1||222||Musterfall^E||19640812|F\r"
            + "OBR|1|||718-7^Haemoglobin^LN\rOBX|1|TX|718-7^Haemoglobin^LN||Normal||||||F\r");

        JsonElement links = Read(await RunAsync("case links 1 --json"));
        CommandRun shown = await RunAsync("case links --identifier 'urn:north|222'");
        JsonElement without = Read(await RunAsync($"case unlink 1 {Number} --json"));
        JsonElement held = Read(await RunAsync("inbox list --json"));
        JsonElement again = Read(await RunAsync($"case relink 1 {Number} --json"));
        JsonElement inbox = Read(await RunAsync("inbox list --json"));
        CommandRun refused = await RunAsync($"case relink 1 {Number}");

        Assert.That(merged.Output, Does.Contain("\"outcome\":\"filed\""), merged.ToString());
        Assert.That(record.Output, Does.Contain("\"outcome\":\"filed\""), record.ToString());
        JsonElement link = Of(links);
        Assert.That(link.GetProperty("because").GetString(), Is.EqualTo("A40 of North"));
        Assert.That(link.GetProperty("speakers")[0].GetProperty("by").GetString(), Is.EqualTo("North"));
        Assert.That(shown.Output, Does.Contain("A40 of North"), shown.ToString());
        Assert.That(Of(without).GetProperty("stands").GetBoolean(), Is.False);
        Assert.That(Of(without).GetProperty("decisions")[0].GetProperty("reason").GetString(), Is.EqualTo("another patient"));
        Assert.That(held.EnumerateArray().Select(one => one.GetProperty("reason").GetString()), Has.Exactly(2).Items);
        Assert.That(Of(again).GetProperty("stands").GetBoolean(), Is.True);
        Assert.That(inbox.EnumerateArray(), Is.Empty);
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(refused.Error, Does.Contain("has not been taken back"));
    }

    [Test]
    public async Task A_case_that_is_opened_later_takes_the_record_that_came_before_it()
    {
        await RunAsync("site add North --default-issuer urn:north");
        CommandRun early = await ImportAsync(
            "result.hl7",
            "MSH|^~\\&|LAB|NORTH|||20260101||ORU^R01|2|P|2.5\rPID|1||111||Musterfall^Erika||19640812|F\r"
            + "OBR|1|||718-7^Haemoglobin^LN\rOBX|1|TX|718-7^Haemoglobin^LN||Normal||||||F\r");
        JsonElement before = Read(await RunAsync("inbox list --json"));

        await RunAsync(
            "case create --specialty oncology --family Musterfall --given Erika --birth-date 1964-08-12 --question Surgery? --identifier urn:north|111");

        JsonElement after = Read(await RunAsync("inbox list --json"));
        JsonElement shown = Read(await RunAsync("case show 1 --json"));
        Assert.That(early.Output, Does.Contain("\"outcome\":\"held\""), early.ToString());
        Assert.That(before.GetArrayLength(), Is.EqualTo(1));
        Assert.That(after.GetArrayLength(), Is.Zero);
        Assert.That(shown.GetProperty("resources").EnumerateObject().Select(one => one.Name), Does.Contain("DiagnosticReport"));
    }

    [Test]
    public async Task Who_is_given_a_number_that_was_taken_back_from_another_patient_is_somebody_else()
    {
        const string Case = "case create --specialty oncology --question Surgery? --identifier urn:north|222";
        await RunAsync($"{Case} --family Musterfall --given Erika --birth-date 1964-08-12");
        await RunAsync($"case unlink 1 {Number}");

        await RunAsync($"{Case} --family Andersfall --given Runa --birth-date 1950-02-03");

        JsonElement[] cases = [.. Read(await RunAsync("case list --json")).EnumerateArray()];
        Assert.That(
            cases.Select(one => one.GetProperty("family").GetString()), Is.EqualTo(new[] { "Musterfall", "Andersfall" }));
        Assert.That(Of(Read(await RunAsync("case links 2 --json"))).GetProperty("stands").GetBoolean(), Is.True);
        Assert.That(Of(Read(await RunAsync("case links 1 --json"))).GetProperty("stands").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Who_is_given_a_number_again_that_was_taken_back_is_the_same_however_the_name_is_written()
    {
        const string Case = "case create --specialty oncology --question Surgery? --identifier urn:north|222 --birth-date 1964-08-12";
        await RunAsync($"{Case} --family Müllerfall --given Erika");
        await RunAsync($"case unlink 1 {Number}");

        CommandRun again = await RunAsync($"{Case} --family Muellerfall --given ERIKA");

        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(
            Read(await RunAsync("case list --json")).EnumerateArray().Select(one => one.GetProperty("family").GetString()),
            Is.EqualTo(new[] { "Müllerfall", "Müllerfall" }));
    }

    private static JsonElement Of(JsonElement links) => links.GetProperty("links").EnumerateArray()
        .Single(link => link.GetProperty("value").GetString() == "222");

    private async Task<CommandRun> ImportAsync(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content);
        return await RunAsync($"import {path} --site North --json");
    }

    private static JsonElement Read(CommandRun run)
    {
        Assert.That(run.Output, Is.Not.Empty, run.ToString());
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private Task<CommandRun> RunAsync(string command) =>
        CommandRun.RunAsync([.. CommandText.Split(command), "--data", Path.Combine(_folder, "data")]);
}
