using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Fleets;

namespace RecordHub.Interop.Tests.Traces;

/// <summary>One trace over RabbitMQ: the association in a door's process, the filing in a worker's, the package that links to it.</summary>
[CancelAfter(240_000)]
public sealed class FleetTraceTests : FleetFixture
{
    private const string Door = "door";

    [Test]
    public async Task An_image_is_followed_from_the_door_over_the_broker_to_the_worker_and_to_the_package_version(
        CancellationToken token)
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(token);
        await using Fleet fleet = await Fleet.StartAsync(
            Folder, doors: 1,
            new Dictionary<string, string>
            {
                ["RECORDHUB__Telemetry__Otlp__Endpoint"] = collector.Address,
                ["RECORDHUB__Telemetry__Otlp__IntervalSeconds"] = "1",
            }, token);
        await fleet.AddWorkerAsync(token);
        (string number, string title) = await fleet.OpenCaseAsync(token);
        string image = Path.Combine(Folder, "image.dcm");
        await File.WriteAllBytesAsync(image, CaseFolder.Image("2.25.9600", 1, name: "Muster^Erika", birthDate: "19640812"), token);

        (int exitCode, string output) = await Peer.RunAsync(
            "dcmsend", token, "-aec", title, "127.0.0.1", $"{fleet.DicomPorts[0]}", image);
        Assert.That(exitCode, Is.Zero, output);
        await fleet.UntilIdleAsync(token);
        using StringContent asked = new("""{"force":true,"reason":"urgent"}""", null, "application/json");
        using HttpResponseMessage published = await fleet.Clients[0].PostAsync($"api/packages/{number}/publish", asked, token);
        Assert.That(published.IsSuccessStatusCode, Is.True, await published.Content.ReadAsStringAsync(token));

        IReadOnlyList<ExportedSpan> all = await collector.UntilAsync(
            spans => spans.Any(span => span.Name == "publish package") && spans.Any(span => span.Name == "C-STORE")
                && spans.Any(span => span.Name == "commit filing"),
            token);
        ExportedSpan store = all.Single(span => span.Name == "C-STORE");
        ExportedSpan[] trace = [.. all.Where(span => span.Trace == store.Trace)];
        ExportedSpan filed = trace.Single(span => span.Name == "file item");
        ExportedSpan package = all.Single(span => span.Name == "publish package");

        Assert.That(
            WayUp(trace, trace.First(span => span.Name == "commit filing")).Select(span => (span.Name, WhereOf(span, store, filed))),
            Is.EqualTo(new[]
            {
                ("commit filing", "worker"), ("decide", "worker"), ("file item", "worker"), ("dispatch outbox", "worker"),
                ("commit row", Door), ("receive", Door), ("C-STORE", Door), ("association", Door),
            }));
        Assert.That(package.Links, Is.EqualTo(new[] { store.Trace }));
        Assert.That(WhereOf(package, store, filed), Is.EqualTo(Door));
        Assert.That(
            collector.Methods.Order(StringComparer.Ordinal), Is.EqualTo(new[]
            {
                "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
                "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
            }));
    }

    private static string WhereOf(ExportedSpan span, ExportedSpan door, ExportedSpan worker) =>
        span.Process == worker.Process && worker.Process != door.Process ? "worker" : span.Process == door.Process ? Door : "elsewhere";

    private static IEnumerable<ExportedSpan> WayUp(ExportedSpan[] trace, ExportedSpan last)
    {
        for (ExportedSpan? span = last; span is not null; span = trace.SingleOrDefault(one => one.Id == span.Parent))
        {
            yield return span;
        }
    }
}
