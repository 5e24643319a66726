using System.Net;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Tests;

/// <summary>Tenants from the command line, on a folder and on a running service.</summary>
[CancelAfter(120_000)]
public sealed class TenantTests
{
    private const string Case =
        "case create --specialty oncology --family Muster --given Erika --birth-date 1964-08-12 --question Surgery? "
        + "--identifier urn:north|MRN1 --json";

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-tenants-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_tenants_token_sees_its_own_cases_and_held_records_alone()
    {
        JsonElement alpha = Read(await LocalAsync($"{Case} --tenant alpha"));
        JsonElement beta = Read(await LocalAsync($"{Case} --tenant beta"));
        string token = Read(await LocalAsync("token create --name a --role coordinator --tenant alpha --json"))
            .GetProperty("token").GetString()!;
        string file = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(file, "Nobody is named.");
        RecordHubOptions options = new()
        {
            Data = Path.Combine(_folder, "data"),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
        };
        await using RecordHubHost host = await RecordHubHost.StartAsync(options, CancellationToken.None, EmbeddedHub.NoLog);
        string remote = $" --json --server http://{host.Http} --token {token}";

        JsonElement cases = Read(await CommandRun.RunAsync(CommandText.Split("case list" + remote)));
        CommandRun foreign = await CommandRun.RunAsync(CommandText.Split($"case show {beta.GetProperty("case")}" + remote));
        CommandRun astray = await CommandRun.RunAsync(CommandText.Split($"import {file} --case {beta.GetProperty("case")}" + remote));
        CommandRun held = await CommandRun.RunAsync(CommandText.Split($"import {file}" + remote));
        JsonElement inbox = Read(await CommandRun.RunAsync(CommandText.Split("inbox list" + remote)));
        JsonElement opened = Read(await CommandRun.RunAsync(CommandText.Split(Case.Replace(" --json", remote, StringComparison.Ordinal))));
        await host.StopAsync(CancellationToken.None);

        Assert.That(alpha.GetProperty("aeTitle").GetString(), Is.EqualTo($"RHCASE{alpha.GetProperty("case")}"));
        Assert.That(cases.EnumerateArray().Single().GetProperty("tenant").GetString(), Is.EqualTo("alpha"));
        Assert.That(foreign.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(astray.ToString(), Does.Contain("no case").And.Not.Contain("\"filed\":1"));
        Assert.That(held.ExitCode, Is.EqualTo(ExitCodes.Attention), held.ToString());
        Assert.That(inbox.EnumerateArray().Single().GetProperty("tenant").GetString(), Is.EqualTo("alpha"));
        Assert.That(Read(await LocalAsync($"case show {opened.GetProperty("case")} --json")).GetProperty("tenant").GetString(),
            Is.EqualTo("alpha"));
    }

    [Test]
    public async Task What_is_imported_is_the_named_cases_or_the_sites_tenants()
    {
        long number = Read(await LocalAsync($"{Case} --tenant alpha")).GetProperty("case").GetInt64();
        await LocalAsync("site add Beta --tenant beta");
        string first = Path.Combine(_folder, "first.txt");
        string second = Path.Combine(_folder, "second.txt");
        await File.WriteAllTextAsync(first, "For the case.");
        await File.WriteAllTextAsync(second, "From the site.");

        CommandRun preview = await LocalAsync($"import {first} --case {number} --dry-run --json");
        CommandRun filed = await LocalAsync($"import {first} --case {number} --json");
        CommandRun held = await LocalAsync($"import {second} --site Beta --json");
        JsonElement inbox = Read(await LocalAsync("inbox list --json"));

        Assert.That(preview.Output, Does.Contain("\"filed\":1"));
        Assert.That(filed.Output, Does.Contain("\"filed\":1"));
        Assert.That(held.Output, Does.Contain("\"held\":1"));
        Assert.That(inbox.EnumerateArray().Single().GetProperty("tenant").GetString(), Is.EqualTo("beta"));
    }

    [TestCase("case create --specialty oncology --family A --given B --birth-date 1970-01-01 --question Q --tenant North")]
    [TestCase("token create --name n --role machine --tenant a_b")]
    public async Task A_wrong_name_is_usage_and_says_what_is_allowed(string line)
    {
        CommandRun run = await LocalAsync(line);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Usage));
        Assert.That(run.Error, Does.Contain("no tenant's name").And.Contain("lower-case letters"));
    }

    private static JsonElement Read(CommandRun run)
    {
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        using JsonDocument document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    private Task<CommandRun> LocalAsync(string line) =>
        CommandRun.RunAsync([.. CommandText.Split(line), "--data", Path.Combine(_folder, "data")]);
}
