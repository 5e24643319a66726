using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Traces;

/// <summary>Every DIMSE service is a span: of those who ask us, and of what we ask.</summary>
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DimseTraceTests : IDisposable
{
    private const string Study = "2.25.9700";
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task What_a_site_asks_is_a_span_under_its_association(CancellationToken token)
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(token);
        string number = await _folder.CreateCaseAsync();
        byte[] image = CaseFolder.Image(Study, 1);
        await _folder.FileAsync(number, image);
        string file = _folder.PathOf("image.dcm");
        await File.WriteAllBytesAsync(file, image, token);
        await ConfigureAsync(collector, new JsonObject
        {
            ["Name"] = "North",
            ["AeTitle"] = "NORTH",
            ["Verbs"] = "find,move,get,commit",
            ["Sees"] = "all",
        });
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);
        string port = $"{hub.Dicom.Port}";
        string[] keys = ["-aet", "NORTH", "-aec", "RECORDHUB", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={Study}"];

        await Peer.RunAsync("findscu", token, [.. keys, "127.0.0.1", port]);
        await Peer.RunAsync("getscu", token, [.. keys, "-od", Directory.CreateDirectory(_folder.PathOf("got")).FullName, "127.0.0.1", port]);
        await Peer.RunAsync("movescu", token, [.. keys, "-aem", "NOBODY", "127.0.0.1", port]);
        await _folder.RunAsync("dicom", "commit", $"127.0.0.1:{port}", file, "--aec", "RECORDHUB", "--aet", "NORTH");

        string[] wanted = ["C-FIND", "C-GET", "C-MOVE", "N-ACTION"];
        IReadOnlyList<ExportedSpan> spans = await collector.UntilAsync(
            all => Array.TrueForAll(wanted, name => all.Any(span => span.Name == name && Parent(all, span) is "association")), token);
        Assert.That(wanted.Select(name => spans.Count(span => span.Name == name)), Is.All.EqualTo(1));
    }

    [Test]
    public async Task What_a_puller_asks_and_gets_is_one_trace_down_to_the_filing(CancellationToken token)
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(token);
        await using Orthanc orthanc = await Orthanc.StartAsync(Peer.FreePort(), Peer.FreePort(), token);
        await orthanc.UploadAsync(CaseFolder.Image(Study, 1), token);
        await _folder.CreateCaseAsync();
        await ConfigureAsync(collector, new JsonObject
        {
            ["Name"] = "North",
            ["AeTitle"] = "ORTHANC",
            ["Host"] = "127.0.0.1",
            ["Port"] = $"{orthanc.DicomPort}",
            ["DefaultIssuer"] = CaseFolder.Issuer,
            ["PullSeconds"] = "1",
        });
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_folder.Data, token);

        IReadOnlyList<ExportedSpan> spans = await collector.UntilAsync(
            all => all.FirstOrDefault(span => span.Name == "C-GET") is { } got
                && new[] { "pull site", "C-FIND", "receive", "commit filing" }.All(name => all.Any(span => span.Name == name && span.Trace == got.Trace)),
            token);
        ExportedSpan get = spans.Single(span => span.Name == "C-GET");

        Assert.That(Parent(spans, get), Is.EqualTo("pull site"));
        Assert.That(Parent(spans, spans.Single(span => span.Name == "receive")), Is.EqualTo("C-GET"));
    }

    private static string? Parent(IReadOnlyList<ExportedSpan> all, ExportedSpan span) =>
        all.FirstOrDefault(one => one.Trace == span.Trace && one.Id == span.Parent)?.Name;

    private Task ConfigureAsync(OtlpCollector collector, JsonObject site) => File.WriteAllTextAsync(
        Path.Combine(_folder.Data, "appsettings.json"),
        new JsonObject
        {
            ["Sites"] = new JsonArray(site),
            ["Telemetry"] = new JsonObject { ["Otlp"] = new JsonObject { ["Endpoint"] = collector.Address } },
        }.ToJsonString());
}
