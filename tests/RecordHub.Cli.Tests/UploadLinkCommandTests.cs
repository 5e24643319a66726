using System.Text.Json;
using NUnit.Framework;

namespace RecordHub.Cli.Tests;

/// <summary>Upload links from the command line.</summary>
[CancelAfter(120_000)]
public sealed class UploadLinkCommandTests
{
    private const string Create =
        "case create --specialty oncology --family Musterfall --given Erika --birth-date 1964-08-12 --question Surgery?";

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-upload-links-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_new_case_has_a_link_and_without_an_address_of_the_service_it_begins_with_the_path()
    {
        JsonElement created = Read(await RunAsync($"{Create} --json"));
        CommandRun shown = await RunAsync("case link 1");

        Assert.That(created.GetProperty("uploadLink").GetString(), Does.Match("^/u/[A-Za-z0-9_-]{43}$"));
        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Output, Does.Match("\n/u/[A-Za-z0-9_-]{43}\n").And.Contain("Http:PublicUrl"));
    }

    [Test]
    public async Task With_the_public_address_in_the_settings_a_link_is_whole()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "data", "appsettings.json"), """{"Http":{"PublicUrl":"https://records.example.org/hub"},"Uploads":{"LinkDays":7}}""");

        JsonElement created = Read(await RunAsync($"{Create} --json"));
        JsonElement made = Read(await RunAsync("case upload-link 1 --json"));

        Assert.That(created.GetProperty("uploadLink").GetString(), Does.StartWith("https://records.example.org/hub/u/"));
        Assert.That(
            made.GetProperty("expiresAt").GetDateTimeOffset() - made.GetProperty("createdAt").GetDateTimeOffset(),
            Is.EqualTo(TimeSpan.FromDays(7)));
    }

    [Test]
    public async Task A_link_is_made_listed_without_its_secret_and_revoked_once()
    {
        await RunAsync(Create);
        JsonElement made = Read(await RunAsync("case link 1 --days 14 --label 'clinic North' --json"));
        string id = made.GetProperty("id").GetString()!;
        string secret = made.GetProperty("uploadLink").GetString()!.Split('/')[^1];

        JsonElement listed = Read(await RunAsync("case link 1 --list --json"));
        CommandRun table = await RunAsync("case link 1 --list");
        JsonElement revoked = Read(await RunAsync($"case link 1 --revoke {id} --json"));
        CommandRun again = await RunAsync($"case link 1 --revoke {id}");
        JsonElement after = Read(await RunAsync("case link 1 --list --json"));

        Assert.That(listed.GetArrayLength(), Is.EqualTo(2));
        Assert.That(listed.ToString(), Does.Not.Contain(secret));
        Assert.That(listed[1].GetProperty("label").GetString(), Is.EqualTo("clinic North"));
        Assert.That(listed[1].GetProperty("state").GetString(), Is.EqualTo("open"));
        Assert.That(table.Output, Does.Contain("clinic North").And.Not.Contain(secret));
        Assert.That(revoked.GetProperty("revoked").GetBoolean(), Is.True);
        Assert.That(again.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(again.Error, Does.Contain("--list"));
        Assert.That(after[1].GetProperty("state").GetString(), Is.EqualTo("ended"));
    }

    [TestCase("case link 9", ExitCodes.Failed, "There is no case 9")]
    [TestCase("case link 1 --days 400", ExitCodes.Failed, "1 to 365")]
    [TestCase("case link 1 --label Musterfall", ExitCodes.Failed, "names the patient")]
    [TestCase("case link 1 --list --revoke abc", ExitCodes.Usage, "one at a time")]
    [TestCase("case link 1 --list --days 3", ExitCodes.Usage, "one at a time")]
    public async Task What_cannot_be_done_says_what_to_do(string command, int exitCode, string says)
    {
        await RunAsync(Create);

        CommandRun run = await RunAsync(command);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
        Assert.That(run.Error, Does.Contain(says));
    }

    private static JsonElement Read(CommandRun run)
    {
        Assert.That(run.Output, Is.Not.Empty, run.ToString());
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private Task<CommandRun> RunAsync(string command) =>
        CommandRun.RunAsync([.. CommandText.Split(command), "--data", Path.Combine(_folder, "data")]);
}
