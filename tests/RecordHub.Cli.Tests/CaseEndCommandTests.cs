using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Tests;

/// <summary>The ends of a case, its retention and the journal, on a folder and on a running service.</summary>
[CancelAfter(120_000)]
public sealed class CaseEndCommandTests
{
    private const string Create =
        "case create --specialty oncology --family Muster --given Erika --birth-date 1964-08-12 --question Surgery? "
        + "--identifier urn:north|MRN1 --json";

    private string _folder = string.Empty;

    private string Data => Path.Combine(_folder, "data");

    [SetUp]
    public async Task MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-ends-").FullName;
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(
            Path.Combine(Data, "appsettings.json"), """{"Retention":{"DeclinedDays":30,"AcknowledgedDays":10,"DeliveredDays":20}}""");
        Assert.That((await RunAsync(Create)).ExitCode, Is.Zero);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_case_of_somebody_who_is_not_born_yet_is_refused()
    {
        CommandRun refused = await RunAsync(
            "case create --specialty oncology --family Muster --given Erika --birth-date 2964-08-12 --question Surgery?");
        CommandRun list = await RunAsync("case list --json");

        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(refused.Error, Does.Contain("The birth date has not come yet.").And.Contain("Check the year"));
        Assert.That(Read(list).GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_declined_case_shows_until_when_it_is_kept_and_its_hold_and_reopened_it_is_open_again()
    {
        CommandRun declined = await RunAsync("case decline 1 --reason 'outside of what we do'");
        CommandRun again = await RunAsync("case decline 1 --reason 'outside of what we do' --json");
        await RunAsync("case hold 1 --reason 'court order 12/26'");
        CommandRun shown = await RunAsync("case show 1");
        CommandRun reopened = await RunAsync("case reopen 1 --reason 'by mistake' --json");
        CommandRun open = await RunAsync("case show 1 --json");

        string due = $"{DateTime.UtcNow.AddDays(30):yyyy-MM-dd}";
        Assert.That((declined.ExitCode, declined.Output), Is.EqualTo((0, $"Case 1 is declined. It may be purged from {due} on.\n")), declined.ToString());
        Assert.That(Read(again).GetProperty("changed").GetBoolean(), Is.False);
        Assert.That(shown.Output, Does.Contain("declined since").And.Contain($"until {due}").And.Contain("court order 12/26"));
        Assert.That(Read(reopened).GetProperty("status").GetString(), Is.EqualTo("compiling"));
        Assert.That(
            (Read(open).GetProperty("purgeDue").ValueKind, Read(open).GetProperty("hold").GetProperty("reason").GetString()),
            Is.EqualTo((JsonValueKind.Null, "court order 12/26")));
    }

    [Test]
    public async Task What_came_while_a_case_was_closed_is_filed_when_it_is_reopened()
    {
        await RunAsync("site add North --default-issuer urn:north");
        await RunAsync("case cancel 1 --reason 'not wanted any more'");
        string[] held = [await ImportAsync("found.hl7", "MRN1", string.Empty), await ImportAsync("named.hl7", "MRN1", "--case 1")];
        CommandRun closed = await RunAsync("inbox list --json");

        CommandRun reopened = await RunAsync("case reopen 1 --reason 'by mistake'");

        CommandRun inbox = await RunAsync("inbox list --json");
        CommandRun shown = await RunAsync("case show 1 --json");
        Assert.That(held, Has.All.Contains("\"outcome\":\"held\""));
        Assert.That(Read(closed).GetArrayLength(), Is.EqualTo(2), closed.ToString());
        Assert.That(reopened.ExitCode, Is.Zero, reopened.ToString());
        Assert.That(Read(inbox).GetArrayLength(), Is.Zero, inbox.ToString());
        Assert.That(Read(shown).GetProperty("resources").GetProperty("DiagnosticReport").GetInt32(), Is.EqualTo(2), shown.ToString());
    }

    [TestCase("case deliver 1", 1, "no package")]
    [TestCase("case close 1", 1, "no opinion was delivered")]
    [TestCase("case decline 1", 2, "--reason")]
    [TestCase("case cancel 1 --reason 'Erika asked'", 1, "names the patient")]
    [TestCase("case cancel 9 --reason x", 1, "no case 9")]
    public async Task What_may_not_be_done_is_refused_with_a_reason(string command, int exitCode, string says)
    {
        CommandRun run = await RunAsync(command);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((exitCode, run.Error)), run.ToString());
        Assert.That(run.Error, Does.Contain(says));
    }

    [Test]
    public async Task A_service_does_the_same_and_heeds_the_revision_that_was_seen()
    {
        string token = Read(await RunAsync("token create --name c --role coordinator --json")).GetProperty("token").GetString()!;
        Assert.That((await RunAsync("package publish 1 --force --reason 'all there is'")).ExitCode, Is.LessThan(2));
        RecordHubOptions options = RecordHubOptions.Load(Data, new Dictionary<string, string?>()) with
        {
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
        };
        await using RecordHubHost host = await RecordHubHost.StartAsync(options, CancellationToken.None, EmbeddedHub.NoLog);
        string remote = $" --json --server http://{host.Http} --token {token}";
        JsonElement delivered = Read(await CommandRun.RunAsync(CommandText.Split("case deliver 1" + remote)));
        using HttpClient http = new() { BaseAddress = new Uri($"http://{host.Http}/") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using HttpResponseMessage stale = await PostAsync(http, "api/cases/1/close", "\"1\"");
        using HttpResponseMessage wrong = await PostAsync(http, "api/cases/1/close", "W/x");
        using HttpResponseMessage closed = await PostAsync(http, "api/cases/1/close", $"\"{delivered.GetProperty("revision")}\"");
        string task = await http.GetStringAsync("fhir/Task");
        CommandRun audit = await CommandRun.RunAsync(CommandText.Split("audit verify" + remote));
        await host.StopAsync(CancellationToken.None);

        Assert.That(delivered.GetProperty("status").GetString(), Is.EqualTo("delivered"));
        Assert.That(
            (stale.StatusCode, wrong.StatusCode, closed.StatusCode),
            Is.EqualTo((HttpStatusCode.PreconditionFailed, HttpStatusCode.BadRequest, HttpStatusCode.OK)));
        Assert.That(task, Does.Contain("\"acknowledged\"").And.Contain("\"completed\""));
        Assert.That(audit.ExitCode, Is.EqualTo(ExitCodes.Failed), "a coordinator may not");
    }

    [Test]
    public async Task The_journal_is_verified_and_the_first_broken_entry_is_named()
    {
        await RunAsync("case decline 1 --reason 'not ours'");
        await RunAsync("case reopen 1 --reason 'ours'");
        CommandRun well = await RunAsync("audit verify");
        JsonElement head = Read(await RunAsync("audit verify --json"));
        CommandRun known = await RunAsync($"audit verify --contains '{head.GetProperty("head").GetString()}'");
        CommandRun other = await RunAsync("audit verify --contains '7 00'");
        ChangeBehindItsBack("UPDATE operation_event SET reason = 'theirs' WHERE seq = 2");
        CommandRun broken = await RunAsync("audit verify");

        Assert.That((well.ExitCode, known.ExitCode, other.ExitCode, broken.ExitCode), Is.EqualTo((0, 0, 1, 1)));
        Assert.That(well.Output, Does.Contain("3 entries"), "the case came with an upload link");
        Assert.That(other.Output, Does.Contain("7 00 is not in it"));
        Assert.That(broken.Output, Does.Contain("broken at entry 2"));
    }

    private void ChangeBehindItsBack(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(Data, "recordhub.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = new(sql, connection);
        Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string revision)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", revision);
        return await http.SendAsync(request);
    }

    private async Task<string> ImportAsync(string name, string number, string more)
    {
        string path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(
            path,
            $"MSH|^~\\&|LAB|NORTH|||20260101||ORU^R01|{name}|P|2.5\rPID|1||{number}||Muster^Erika||19640812|F\r"
            + $"OBR|1||{name}|718-7^Haemoglobin^LN\rOBX|1|TX|718-7^Haemoglobin^LN||Normal||||||F\r");
        return (await RunAsync($"import {path} --site North {more} --json")).Output;
    }

    private Task<CommandRun> RunAsync(string command) => CommandRun.RunAsync([.. CommandText.Split(command), "--data", Data]);

    private static JsonElement Read(CommandRun run) =>
        run.Output.Length > 0 ? JsonDocument.Parse(run.Output).RootElement : throw new AssertionException(run.ToString());
}
