using System.Net;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Tests.Sites;

[CancelAfter(60_000)]
public sealed class SiteCommandTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-sites-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_site_that_is_added_is_listed_and_what_stood_there_stays()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), "{ // ours\n \"Dicom\": { \"AeTitle\": \"HUB\" } }");

        CommandRun added = await RunAsync(
            "site add North --ae NORTHPACS --address 192.0.2.7,10.1.0.0/16 --host pacs.example --port 104 --verbs echo,find "
            + "--sees all --tenant north --default-issuer urn:north");
        CommandRun list = await RunAsync("site list --json");

        Assert.That(added.ExitCode, Is.Zero, added.ToString());
        Assert.That(added.Output, Does.Contain("started again"));
        using JsonDocument sites = JsonDocument.Parse(list.Output);
        JsonElement site = sites.RootElement.EnumerateArray().Single();
        Assert.That(site.GetProperty("callsFrom").EnumerateArray().Select(one => one.GetString()),
            Is.EqualTo(new[] { "192.0.2.7/32", "10.1.0.0/16" }));
        Assert.That(site.GetProperty("verbs").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { "echo", "find" }));
        Assert.That(site.GetProperty("tenant").GetString(), Is.EqualTo("north"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "appsettings.json")), Does.StartWith("{ // ours"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Has.Length.EqualTo(1), "no draft is left");
    }

    [TestCase("site add North --port 0", "Sites:1:Port")]
    [TestCase("site add South", "Sites:1:Name")]
    [TestCase("site add North --ae SOUTHPACS", "Sites:1:AeTitle")]
    [TestCase("site add North --verbs echo,steal", "Sites:1:Verbs")]
    public async Task A_site_with_which_the_service_would_not_start_is_not_added(string line, string key)
    {
        await RunAsync("site add South --ae SOUTHPACS");
        string before = await File.ReadAllTextAsync(Path.Combine(_folder, "appsettings.json"));
        CommandRun run = await RunAsync(line);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain("is not added").And.Contain(key));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "appsettings.json")), Is.EqualTo(before));
    }

    [Test]
    public async Task A_site_is_called_by_each_interface_that_it_has()
    {
        string there = Path.Combine(_folder, "there");
        RecordHubOptions options = new()
        {
            Data = there,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
            AeTitle = "THERE",
            AcceptUnknownCallers = true,
        };
        await using RecordHubHost host = await RecordHubHost.StartAsync(options, CancellationToken.None, EmbeddedHub.NoLog);
        await RunAsync(
            $"site add There --ae THERE --host 127.0.0.1 --port {host.Dicom!.Port} --fhir http://{host.Http}/fhir");
        await RunAsync($"site add Locked --dicomweb http://{host.Http}/dicomweb/");
        await RunAsync("site add Away --ae AWAY --host 127.0.0.1 --port 9");
        await RunAsync("site add Mute --ae MUTE");

        CommandRun there1 = await RunAsync("site test there --json");
        CommandRun locked = await RunAsync("site test Locked --json");
        CommandRun away = await RunAsync("site test Away --json");
        CommandRun mute = await RunAsync("site test Mute");
        CommandRun unknown = await RunAsync("site test Nobody");
        await host.StopAsync(CancellationToken.None);

        Assert.That(there1.ExitCode, Is.Zero, there1.ToString());
        Assert.That(there1.Output, Does.Contain("\"echo\"").And.Contain("\"fhir\"").And.Contain("THERE at 127.0.0.1"));
        Assert.That((locked.ExitCode, away.ExitCode), Is.EqualTo((ExitCodes.Failed, ExitCodes.Failed)));
        Assert.That(locked.Output, Does.Contain("answered 401").And.Contain("credentials"));
        Assert.That(away.Output, Does.Contain("does not answer"));
        Assert.That(mute.Error, Does.Contain("Nothing is configured"));
        Assert.That(unknown.Error, Does.Contain("There is no site Nobody"));
    }

    [Test]
    public async Task Sites_are_no_matter_of_a_running_service_from_afar() => Assert.That(
        (await CommandRun.RunAsync("site", "list", "--server", "http://127.0.0.1:9")).ExitCode, Is.EqualTo(ExitCodes.Usage));

    private Task<CommandRun> RunAsync(string line) => CommandRun.RunAsync([.. CommandText.Split(line), "--data", _folder]);
}
