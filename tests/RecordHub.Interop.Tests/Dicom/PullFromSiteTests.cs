using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary><c>recordhub pull</c> from Orthanc by C-GET, and from DCMTK's archive, which takes none here, by C-MOVE.</summary>
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PullFromSiteTests : IDisposable
{
    private const string Study = "2.25.9100";
    private const string Older = "2.25.9200";
    private const int Images = 6;
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task What_a_site_has_of_a_cases_patient_is_filed_and_not_fetched_again(CancellationToken token)
    {
        await using Orthanc orthanc = await StartAsync(token);
        await UploadAsync(orthanc, Study, 1, Images, token);
        await UploadAsync(orthanc, Older, 1, 2, token, date: "20100101");
        string number = await _folder.CreateCaseAsync();
        await AddSiteAsync("ORTHANC", orthanc.DicomPort);

        (int exitCode, string output, string error) = await PullAsync("--case", number, "--since", "2020-01-01");
        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (1, Images, Images, 0, 0))), error + output);
        Assert.That(Count(output, "filed"), Is.EqualTo(Images));

        await UploadAsync(orthanc, Study, Images + 1, 1, token);
        (exitCode, output, error) = await PullAsync("--case", number);
        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (2, Images + 3, 3, Images, 0))), error + output);

        (exitCode, output, error) = await PullAsync("--patient", $"{CaseFolder.Issuer}|{CaseFolder.PatientId}");
        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (2, Images + 3, 0, Images + 3, 0))), error + output);
        Assert.That(output.Split('\n')[0], Does.Contain("\"found\":").And.Contain("\"failed\":[]"));
    }

    [Test]
    public async Task What_was_held_is_filed_when_its_case_is_opened_and_not_fetched_again_for_it(CancellationToken token)
    {
        await using Orthanc orthanc = await StartAsync(token);
        await UploadAsync(orthanc, Study, 1, Images, token);
        await AddSiteAsync("ORTHANC", orthanc.DicomPort);

        (int exitCode, string output, string error) = await PullAsync("--since", "2026-01-01");
        Assert.That((exitCode, Sum(output), Count(output, "held")), Is.EqualTo((3, (1, Images, Images, 0, 0), Images)), error + output);

        string number = await _folder.CreateCaseAsync();
        (_, string shown, _) = await _folder.RunAsync("case", "show", number, "--json");
        Assert.That(JsonNode.Parse(shown)!["instances"]!.GetValue<int>(), Is.EqualTo(Images), shown);

        (exitCode, output, error) = await PullAsync("--case", number);
        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (1, Images, 0, Images, 0))), error + output);
    }

    [Test]
    public async Task A_named_case_is_verified_and_somebody_elses_images_are_held(CancellationToken token)
    {
        await using Orthanc orthanc = await StartAsync(token);
        await orthanc.UploadAsync(CaseFolder.Image(Study, 1, name: "ANDERS^ADAM"), token);
        string number = await _folder.CreateCaseAsync();
        await AddSiteAsync("ORTHANC", orthanc.DicomPort);

        (int exitCode, string output, string error) = await PullAsync("--case", number);

        Assert.That((exitCode, Sum(output), Count(output, "held")), Is.EqualTo((3, (1, 1, 1, 0, 0), 1)), error + output);
        (_, string shown, _) = await _folder.RunAsync("inbox", "list", "--json");
        JsonNode held = JsonNode.Parse(shown)!.AsArray().Single()!;
        Assert.That((held["door"]!.GetValue<string>(), held["site"]!.GetValue<string>()), Is.EqualTo(("pull", "North")));
    }

    [Test]
    public async Task A_connection_that_breaks_is_gone_on_with(CancellationToken token)
    {
        await using Orthanc orthanc = await StartAsync(token);
        await UploadAsync(orthanc, Study, 1, Images, token);
        string number = await _folder.CreateCaseAsync();

        // To find studies, to list instances, and then to get them.
        await using CuttingProxy proxy = new(orthanc.DicomPort, cutConnection: 3, after: 12_000);
        await AddSiteAsync("ORTHANC", proxy.Port);

        (int exitCode, string output, string error) = await PullAsync("--case", number);

        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (1, Images, Images, 0, 0))), error + output);
        Assert.That(proxy.Connections, Is.EqualTo(4));
    }

    [Test]
    public async Task A_pull_that_is_stopped_leaves_the_rest_to_the_next(CancellationToken token)
    {
        await using Orthanc orthanc = await StartAsync(token);
        await UploadAsync(orthanc, Study, 1, 30, token);
        await AddSiteAsync("ORTHANC", orthanc.DicomPort);

        (int stopped, _, string why) = await _folder.RunAndCancelAsync(" sent, ", "pull", "North", "--since", "2026-01-01", "--json");
        Assert.That(stopped, Is.EqualTo(1), why);
        (_, string output, string error) = await PullAsync("--since", "2026-01-01");
        Assert.That(Count(output, "here") + Count(output, "fetched"), Is.EqualTo(30), error + output);
        Assert.That(Count(output, "here"), Is.InRange(1, 29), error + output);
    }

    [Test]
    public async Task A_site_without_get_moves_to_our_service(CancellationToken token)
    {
        int port = Peer.FreePort();
        string number = await _folder.CreateCaseAsync();
        await AddSiteAsync("ARCHIVE", port, "--move-destination", "RECORDHUB");
        string off = Path.Combine(_folder.Data, "appsettings.json");
        string settings = await File.ReadAllTextAsync(off, token);

        // Bound and not listened on: nobody else can take it while nobody answers there.
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await File.WriteAllTextAsync(off, WithEndpoint(settings, ((IPEndPoint)silent.LocalEndPoint!).Port), token);
        await using (Dcmqrscp archive = await Dcmqrscp.StartAsync(port, 1, token, "--disable-get"))
        {
            await FillAsync(archive, token);
            (int down, _, string advice) = await PullAsync("--case", number);
            Assert.That(down, Is.EqualTo(1));
            Assert.That(advice, Does.Contain("nobody listens for DICOM").And.Contain("recordhub serve"));
        }

        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);
        await File.WriteAllTextAsync(off, WithEndpoint(settings, hub.Dicom.Port), token);
        await using Dcmqrscp mover = await Dcmqrscp.StartAsync(port, hub.Dicom.Port, token, "--disable-get");
        await FillAsync(mover, token);

        (int exitCode, string output, string error) = await PullAsync("--case", number);
        Assert.That((exitCode, Sum(output), Count(output, "filed")), Is.EqualTo((0, (1, Images, Images, 0, 0), Images)), error + output);
        (exitCode, output, error) = await PullAsync("--case", number);
        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (1, Images, 0, Images, 0))), error + output);
    }

    [Test]
    public async Task A_move_whose_connection_breaks_is_asked_for_again_without_what_has_arrived(CancellationToken token)
    {
        int port = Peer.FreePort();
        string number = await _folder.CreateCaseAsync();

        // To find studies, to list instances, C-GET in two models in vain, and then to move.
        await using CuttingProxy proxy = new(port, cutConnection: 5, after: 350);
        await AddSiteAsync("ARCHIVE", proxy.Port, "--move-destination", "RECORDHUB");
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);
        string settings = Path.Combine(_folder.Data, "appsettings.json");
        await File.WriteAllTextAsync(settings, WithEndpoint(await File.ReadAllTextAsync(settings, token), hub.Dicom.Port), token);
        await using Dcmqrscp archive = await Dcmqrscp.StartAsync(port, hub.Dicom.Port, token, "--disable-get");
        await FillAsync(archive, token);

        (int exitCode, string output, string error) = await PullAsync("--case", number);

        // The archive goes on for a while after the cut: when all has arrived by then, there is nothing to ask for.
        Assert.That((exitCode, Sum(output)), Is.EqualTo((0, (1, Images, Images, 0, 0))), error + output);
        Assert.That(proxy.Connections, Is.InRange(5, 6));
        Assert.That(
            archive.Log.Split('\n').Count(line => line.Contains("C-MOVE RQ", StringComparison.Ordinal)),
            Is.EqualTo(proxy.Connections - 4));
        Assert.That(archive.Log.Split('\n').Count(line => line.Contains("C-STORE RQ", StringComparison.Ordinal)),
            Is.LessThanOrEqualTo((2 * Images) + 1), "what it was filled with, what it moved, and one that was under way");
    }

    [Test]
    public async Task A_site_that_can_neither_be_got_from_nor_move_says_what_to_set(CancellationToken token)
    {
        await using Dcmqrscp archive = await Dcmqrscp.StartAsync(Peer.FreePort(), 1, token, "--disable-get");
        await FillAsync(archive, token);
        await AddSiteAsync("ARCHIVE", archive.Port);

        (int exitCode, _, string error) = await PullAsync("--since", "2026-01-01");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("C-GET").And.Contain("MoveDestination"));
    }

    [Test]
    public async Task A_site_with_dicomweb_alone_is_not_supported_yet()
    {
        await _folder.RunAsync("site", "add", "North", "--dicomweb", "http://127.0.0.1:1/dicom-web");

        (int exitCode, _, string error) = await PullAsync("--since", "2026-01-01");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("Not supported yet").And.Contain("DICOMweb"));
    }

    [Test]
    public async Task A_site_that_is_away_and_an_identifier_of_another_issuer_are_told()
    {
        await AddSiteAsync("ORTHANC", Peer.FreePort());

        (int away, _, string why) = await PullAsync("--since", "2026-01-01");
        (int other, _, string wrong) = await PullAsync("--patient", "urn:oid:2.25.7|1");

        Assert.That((away, other), Is.EqualTo((1, 2)));
        Assert.That(why, Does.Contain("does not answer"));
        Assert.That(wrong, Does.Contain("another issuer"));
    }

    private Task<(int ExitCode, string Output, string Error)> PullAsync(params string[] options) =>
        _folder.RunAsync(["pull", "North", "--json", .. options]);

    private async Task AddSiteAsync(string title, int port, params string[] options)
    {
        (int exitCode, _, string error) = await _folder.RunAsync(
            ["site", "add", "North", "--ae", title, "--host", "127.0.0.1", "--port", $"{port}", "--default-issuer",
                CaseFolder.Issuer, .. options]);
        Assert.That(exitCode, Is.Zero, error);
    }

    private static Task<Orthanc> StartAsync(CancellationToken token) =>
        Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token);

    private static async Task UploadAsync(
        Orthanc orthanc, string study, int first, int count, CancellationToken token, string date = "20260401")
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            await orthanc.UploadAsync(CaseFolder.Image(study, number, date: date), token);
        }
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

    private static string WithEndpoint(string settings, int port)
    {
        JsonNode json = JsonNode.Parse(settings)!;
        json["Dicom"] = new JsonObject { ["Endpoint"] = $"127.0.0.1:{port}" };
        return json.ToJsonString();
    }

    private static int Count(string output, string what) => CaseFolder.Summary(output)[what]!.GetValue<int>();

    private static (int Studies, int Found, int Fetched, int Here, int Failed) Sum(string output) => (
        Count(output, "studies"), Count(output, "found"), Count(output, "fetched"), Count(output, "here"), Count(output, "failed"));
}
