using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Dicom;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Telemetry;

/// <summary>What <c>/metrics</c> says of what went through the doors.</summary>
[CancelAfter(60_000)]
internal sealed class MetricsTests
{
    private const string Bundle = """
        {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient",
         "identifier":[{"system":"urn:north","value":"MRN1"}],"name":[{"family":"Muster","given":["Erika"]}],
         "birthDate":"1964-08-12","gender":"female"},"request":{"method":"POST","url":"Patient"}}]}
        """;

    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await TestHub.StartAsync(options => options with
    {
        Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH" }],
    });

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task What_comes_in_is_counted_by_site_door_and_outcome(CancellationToken token)
    {
        Uid image = Uid.Parse("2.25.5501");
        IReadOnlyList<MetricSeries> before = await ReadAsync();
        await using (TestSender north = await TestSender.OpenAsync(_hub.DicomPort, token))
        {
            await north.StoreAsync(image, token);
            await north.StoreAsync(image, token);
            await north.StoreAsync(image, TestSender.Bytes(TestSender.Image(image, pixels: 10)), token);
            await north.StoreAsync(image, TestSender.Bytes(TestSender.Image(Uid.Parse("2.25.5599"))), token);
            await north.Association.ReleaseAsync(token);
        }

        await using (TestSender stranger = await TestSender.OpenAsync(_hub.DicomPort, token, calling: "STRANGER"))
        {
            await stranger.StoreAsync(Uid.Parse("2.25.5502"), token);
            IReadOnlyList<MetricSeries> open = await ReadAsync();
            Assert.That(Since([], open, HubInstruments.AssociationsOpen, ("site", "unknown")), Is.GreaterThanOrEqualTo(1));
            await stranger.Association.ReleaseAsync(token);
        }

        await UntilIdleAsync(token);
        IReadOnlyList<MetricSeries> after = await ReadAsync();

        double Received(string site, string outcome) => Since(
            before, after, HubInstruments.ItemsReceived, ("site", site), ("door", "c-store"), ("outcome", outcome));
        Assert.That(
            (Received("North", "accepted"), Received("North", "duplicate"), Received("North", "conflict"),
                Received("North", "refused"), Received("unknown", "accepted")),
            Is.EqualTo((1, 1, 1, 1, 1)));
        Assert.That(
            Since(before, after, HubInstruments.ItemsRefused, ("site", "North"), ("reason", "data-set-does-not-match")),
            Is.EqualTo(1));
        Assert.That(Since(before, after, HubInstruments.Received, ("site", "North")), Is.GreaterThan(2000));
        Assert.That(Since(before, after, HubInstruments.RecordsDecided, ("site", "North"), ("outcome", "held")), Is.EqualTo(2));
        Assert.That(Since(before, after, HubInstruments.DicomResponses, ("service", "c-store"), ("status", "0000")), Is.EqualTo(4));
        Assert.That(Since(before, after, HubInstruments.DicomResponses, ("service", "c-store"), ("status", "A900")), Is.EqualTo(1));
        Assert.That(after.SelectMany(one => one.Labels.Values), Has.None.EqualTo("STRANGER"));
    }

    [Test]
    public async Task From_the_door_to_the_package_is_measured_once_for_each_item_and_version(CancellationToken token)
    {
        IReadOnlyList<MetricSeries> before = await ReadAsync();
        string number = (await _hub.OpenCaseAsync("MRN1")).ToString();
        (HttpStatusCode taken, _) = await _hub.SendAsync(HttpMethod.Post, $"cases/{number}/fhir", Bundle);
        await UntilIdleAsync(token);
        IReadOnlyList<MetricSeries> filed = await ReadAsync();
        HttpStatusCode published = await PublishAsync(number);
        await PublishAsync(number);
        IReadOnlyList<MetricSeries> after = await ReadAsync();

        Assert.That((taken, published), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(Since(before, filed, HubInstruments.FilingLag, "_count", ("outcome", "filed")), Is.EqualTo(1));
        Assert.That(Since(before, filed, HubInstruments.PackageLag, "_count"), Is.Zero);
        Assert.That(Since(before, after, HubInstruments.PackageLag, "_count"), Is.EqualTo(1));
        Assert.That(Since(before, after, HubInstruments.PackagesPublished), Is.EqualTo(1));
        Assert.That(Since(before, after, HubInstruments.StepDuration, "_count", ("outcome", "done")), Is.GreaterThanOrEqualTo(1));
        Assert.That(Since(before, after, HubInstruments.BlobDuration, "_count", ("operation", "commit")), Is.GreaterThanOrEqualTo(2));
        Assert.That(Since(before, after, HubInstruments.DatabaseDuration, "_count", ("operation", "write")), Is.GreaterThan(2));
    }

    [Test]
    public async Task Rejected_callers_are_counted_by_the_reason_of_the_standard(CancellationToken token)
    {
        IReadOnlyList<MetricSeries> before = await ReadAsync();
        Assert.CatchAsync(() => TestSender.OpenAsync(_hub.DicomPort, token, called: "NOBODY"));

        // The connection is over for the caller a moment before it is counted.
        double counted = 0;
        while (counted == 0)
        {
            token.ThrowIfCancellationRequested();
            counted = Since(before, await ReadAsync(), HubInstruments.AssociationsRejected, ("reason", "1/1/7"));
        }

        Assert.That(counted, Is.EqualTo(1));
    }

    [Test]
    public async Task What_waits_and_what_room_there_is_is_measured_when_it_is_asked_for()
    {
        IReadOnlyList<MetricSeries> now = await ReadAsync();

        Assert.That(
            now.Select(one => one.Name),
            Is.SupersetOf(new[]
            {
                "recordhub_outbox_entries", "recordhub_outbox_failing", "recordhub_outbox_oldest_seconds",
                "recordhub_commitments_abandoned", "recordhub_disk_free_bytes", "recordhub_disk_watermark_bytes",
                "recordhub_spool_waiting_bytes", "recordhub_dicom_connections_waiting",
            }));
        Assert.That(MetricSeries.Sum(now, "recordhub_disk_watermark_bytes"), Is.EqualTo(256L << 20));
        Assert.That(MetricSeries.Sum(now, "recordhub_disk_free_bytes"), Is.GreaterThan(256L << 20));
    }

    [Test]
    public async Task Whoever_may_not_operate_reads_no_measurement()
    {
        using HttpClient machine = await _hub.ClientOfAsync(Role.Machine);
        using HttpResponseMessage refused = await machine.GetAsync("metrics");
        using HttpResponseMessage unknown = await _hub.Anonymous.GetAsync("metrics");
        using HttpResponseMessage taken = await _hub.Http.GetAsync("metrics");

        Assert.That(
            (refused.StatusCode, unknown.StatusCode, taken.StatusCode),
            Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.OK)));
        Assert.That(taken.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/plain"));
        Assert.That(
            await _hub.Http.GetStringAsync("metrics"),
            Does.Contain("http_server_request_duration_seconds_count{").And.Contain("dotnet_process_memory_working_set_bytes"));
    }

    [TearDown]
    public async Task Every_series_is_one_of_the_table_with_its_labels()
    {
        foreach (MetricSeries one in await ReadAsync())
        {
            InstrumentDefinition? known = HubInstruments.All.SingleOrDefault(definition => Names(definition).Contains(one.Name));
            Assert.That(known, Is.Not.Null, one.Name);
            Assert.That(
                one.Labels.Keys.Where(key => key is not "le" && !key.StartsWith("otel_", StringComparison.Ordinal)),
                Is.EquivalentTo(known!.Tags), one.Name);
        }
    }

    private static string[] Names(InstrumentDefinition definition) => definition.Kind == InstrumentKind.Histogram
        ? [.. new[] { "_bucket", "_sum", "_count" }.Select(suffix => definition.PrometheusName + suffix)]
        : [definition.PrometheusName];

    private static double Since(
        IReadOnlyList<MetricSeries> before, IReadOnlyList<MetricSeries> after, InstrumentDefinition instrument,
        params (string Key, string Value)[] labels) => Since(before, after, instrument, string.Empty, labels);

    private static double Since(
        IReadOnlyList<MetricSeries> before, IReadOnlyList<MetricSeries> after, InstrumentDefinition instrument,
        string suffix, params (string Key, string Value)[] labels) =>
        MetricSeries.Sum(after, instrument.PrometheusName + suffix, labels)
        - MetricSeries.Sum(before, instrument.PrometheusName + suffix, labels);

    private async Task<IReadOnlyList<MetricSeries>> ReadAsync() =>
        MetricSeries.Parse(await _hub.Http.GetStringAsync("metrics"));

    private async Task<HttpStatusCode> PublishAsync(string number) => (await _hub.SendAsync(
        HttpMethod.Post, $"api/packages/{number}/publish", """{"force":true,"reason":"urgent"}""", "application/json")).Status;

    private Task<bool> UntilIdleAsync(CancellationToken token) =>
        _hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromSeconds(30), token);
}
