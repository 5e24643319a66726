using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Interop.Tests.Fleets;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Processes with the role puller fetch what open cases lack: from DCMTK's archive and from Orthanc.</summary>
[CancelAfter(240_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PullerTests : IDisposable
{
    private const string Study = "2.25.9300";
    private const string Told = "2.25.9400";
    private const int Images = 6;
    private static readonly Dictionary<string, string> s_noSettings = [];
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Of_three_pullers_one_asks_at_a_time_and_a_study_is_fetched_once(CancellationToken token)
    {
        await using Dcmqrscp archive = await Dcmqrscp.StartAsync(1, token);
        await FillAsync(archive, token);
        string number = await _folder.CreateCaseAsync();
        await AddSiteAsync("ARCHIVE", archive.Port, "dicom,api,worker,puller");
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);
        await using FleetNode second = new(_folder.Data, s_noSettings, "--roles", "puller");
        await using FleetNode third = new(_folder.Data, s_noSettings, "--roles", "puller");
        await Task.WhenAll(second.Ready, third.Ready).WaitAsync(token);

        await UntilAsync(async () => await InstancesAsync(hub, number, token) == Images, token);
        int rounds = Rounds(archive);
        int listings = Count(archive.Log, "[IMAGE]");
        long since = Stopwatch.GetTimestamp();
        await UntilAsync(() => Task.FromResult(Rounds(archive) >= rounds + 6), token);

        Assert.That(Stopwatch.GetElapsedTime(since), Is.GreaterThan(TimeSpan.FromSeconds(3)), "three would have asked as often in two seconds");
        Assert.That(Count(archive.Log, "C-GET RQ"), Is.EqualTo(1), "and not once for each puller, or for each time that it was asked");
        Assert.That((listings > 0, Count(archive.Log, "[IMAGE]")), Is.EqualTo((true, listings)), "nothing new: not listed again either");
        Assert.That(await PartAsync(hub, token), Is.EqualTo((true, (string?)null)));
        Assert.That(
            await hub.Client.GetStringAsync("metrics", token), Does.Match("recordhub_pull_rounds_total\\{[^}]*site=\"North\""));
    }

    [Test]
    public async Task What_is_new_at_a_site_is_fetched_and_a_site_that_is_away_is_told_and_asked_less_often(CancellationToken token)
    {
        Orthanc orthanc = await Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token);
        await UploadAsync(orthanc, Study, 1, Images, token);
        string number = await _folder.CreateCaseAsync();
        await AddSiteAsync("ORTHANC", orthanc.DicomPort, "dicom,api,worker");
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);
        Assert.That((await PartAsync(hub, token)).Detail, Does.Contain("was not asked yet"));
        using Process puller = StartPuller();

        await UntilAsync(async () => await InstancesAsync(hub, number, token) == Images, token);
        await UploadAsync(orthanc, Study, Images + 1, 1, token);
        await UntilAsync(async () => await InstancesAsync(hub, number, token) == Images + 1, token);
        await orthanc.DisposeAsync();
        await UntilAsync(async () => (await PartAsync(hub, token)).Detail?.Contains("does not answer, 2 times", StringComparison.Ordinal) == true, token);

        JsonNode held = JsonNode.Parse(await hub.Client.GetStringAsync("api/inbox", token))!;
        Assert.That(held.AsArray(), Is.Empty);
        Task<string> log = puller.StandardError.ReadToEndAsync(token);
        (int exitCode, TimeSpan took) = await TerminateAsync(puller, token);
        Assert.That((exitCode, took < TimeSpan.FromSeconds(20)), Is.EqualTo((0, true)));
        Assert.That(await log, Does.Not.Contain("fail:").And.Contain("does not answer, 2 times in a row").And.Not.Contain(CaseFolder.PatientId));
    }

    [Test]
    public async Task A_study_that_a_record_speaks_of_is_fetched_by_its_uid_or_accession_number(CancellationToken token)
    {
        await using Orthanc orthanc = await Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token);
        await UploadAsync(orthanc, Told, 1, 2, token);
        await UploadAsync(orthanc, Study, 1, 1, token, accession: "A-17");
        await orthanc.UploadAsync(CaseFolder.Image("2.25.9500", 1, name: "ANDERS^ADAM", birthDate: "19500101", accession: "A-17"), token);
        string number = await _folder.CreateCaseAsync();
        await AddSiteAsync("ORTHANC", orthanc.DicomPort, "dicom,api,worker,puller", issuer: "urn:oid:2.25.7");
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);

        await SubmitAsync(hub, number, Bundle(
            new JsonObject
            {
                ["resourceType"] = "ImagingStudy",
                ["status"] = "available",
                ["identifier"] = new JsonArray(new JsonObject { ["system"] = "urn:dicom:uid", ["value"] = $"urn:oid:{Told}" }),
            },
            new JsonObject
            {
                ["resourceType"] = "DiagnosticReport",
                ["status"] = "final",
                ["code"] = new JsonObject { ["text"] = "CT" },
                ["identifier"] = new JsonArray(new JsonObject
                {
                    ["type"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["code"] = "ACSN" }) },
                    ["value"] = "A-17",
                }),
            }), token);

        await UntilAsync(async () => await PulledAsync(hub, number, token) == 3, token);
        Assert.That((await orthanc.FilesAsync(token)).Count, Is.EqualTo(4), "somebody else's with the same accession number stayed there");
    }

    private static string Bundle(params JsonObject[] records)
    {
        const string Patient = "urn:uuid:5b0f6a34-0e5e-4d9c-9a3a-0f5f3b6d8c11";
        JsonArray entries = [Entry(Patient, new JsonObject
        {
            ["resourceType"] = "Patient",
            ["identifier"] = new JsonArray(new JsonObject { ["system"] = CaseFolder.Issuer, ["value"] = CaseFolder.PatientId }),
            ["name"] = new JsonArray(new JsonObject { ["family"] = "Musterfall", ["given"] = new JsonArray("Synthia") }),
            ["birthDate"] = "1961-02-03",
        })];
        foreach (JsonObject record in records)
        {
            record["subject"] = new JsonObject { ["reference"] = Patient };
            entries.Add((JsonNode)Entry($"urn:uuid:{Guid.NewGuid()}", record));
        }

        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = entries }.ToJsonString();
    }

    private static JsonObject Entry(string url, JsonObject resource) => new()
    {
        ["fullUrl"] = url,
        ["request"] = new JsonObject { ["method"] = "POST", ["url"] = resource["resourceType"]!.GetValue<string>() },
        ["resource"] = resource,
    };

    private static async Task SubmitAsync(RecordHubProcess hub, string number, string bundle, CancellationToken token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "fhir")
        {
            Content = new StringContent(bundle, Encoding.UTF8, "application/fhir+json"),
            Headers = { { "X-RecordHub-Case", number } },
        };
        using HttpResponseMessage answer = await hub.Client.SendAsync(request, token);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync(token));
    }

    // Filed, or held for the case by the rules of identity: either way it was fetched.
    private static async Task<int> PulledAsync(RecordHubProcess hub, string number, CancellationToken token) =>
        await InstancesAsync(hub, number, token)
        + JsonNode.Parse(await hub.Client.GetStringAsync("api/inbox", token))!.AsArray().Count(one => one!["door"]!.GetValue<string>() == "pull");

    private Process StartPuller()
    {
        ProcessStartInfo start = new(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "recordhub.dll"), "serve", "--data", _folder.Data, "--roles", "puller"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, TimeSpan Took)> TerminateAsync(Process process, CancellationToken token)
    {
        long since = Stopwatch.GetTimestamp();
        using Process stop = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, Stopwatch.GetElapsedTime(since));
    }

    private async Task AddSiteAsync(string title, int port, string roles, string issuer = CaseFolder.Issuer)
    {
        (int exitCode, _, string error) = await _folder.RunAsync(
            "site", "add", "North", "--ae", title, "--host", "127.0.0.1", "--port", $"{port}", "--default-issuer", issuer,
            "--pull-every", "1");
        Assert.That(exitCode, Is.Zero, error);
        string file = Path.Combine(_folder.Data, "appsettings.json");
        JsonNode settings = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        settings["Roles"] = roles;
        await File.WriteAllTextAsync(file, settings.ToJsonString());
    }

    private async Task FillAsync(Dcmqrscp archive, CancellationToken token)
    {
        string folder = Directory.CreateDirectory(_folder.PathOf("fill")).FullName;
        foreach (int number in Enumerable.Range(1, Images))
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{number}.dcm"), CaseFolder.Image(Study, number), token);
        }

        (int exitCode, string output) = await Peer.RunAsync(
            "dcmsend", token, "-aec", "ARCHIVE", "127.0.0.1", $"{archive.Port}", "+sd", folder);
        Assert.That(exitCode, Is.Zero, output);
    }

    private static async Task UploadAsync(
        Orthanc orthanc, string study, int first, int count, CancellationToken token, string? accession = null)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            await orthanc.UploadAsync(CaseFolder.Image(study, number, accession: accession), token);
        }
    }

    private static async Task<int> InstancesAsync(RecordHubProcess hub, string number, CancellationToken token) =>
        JsonNode.Parse(await hub.Client.GetStringAsync($"api/cases/{number}", token))!["instances"]!.GetValue<int>();

    private static async Task<(bool Ok, string? Detail)> PartAsync(RecordHubProcess hub, CancellationToken token)
    {
        JsonNode part = JsonNode.Parse(await hub.Client.GetStringAsync("health/ready", token))!["parts"]!.AsArray()
            .Single(one => one!["part"]!.GetValue<string>() == "pull North")!;
        return (part["ok"]!.GetValue<bool>(), part["detail"]?.GetValue<string>());
    }

    private static int Rounds(Dcmqrscp archive) => Count(archive.Log, "C-FIND RQ");

    private static int Count(string log, string what) =>
        log.Split('\n').Count(line => line.Contains(what, StringComparison.Ordinal));

    private static async Task UntilAsync(Func<Task<bool>> isTrue, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (!await isTrue())
        {
            await timer.WaitForNextTickAsync(token);
        }
    }
}
