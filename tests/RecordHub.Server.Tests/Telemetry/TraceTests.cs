using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Dicom;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Telemetry;

/// <summary>A trace goes from the door over the outbox and the bus to the package version.</summary>
[CancelAfter(60_000)]
internal sealed class TraceTests
{
    private const string Sender = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private TestHub _hub = null!;
    private SpanLog _log = null!;

    [SetUp]
    public async Task Start()
    {
        _log = new SpanLog();
        _hub = await TestHub.StartAsync(options => options with
        {
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", DefaultIssuer = "urn:north" }],
        });
    }

    [TearDown]
    public async Task Stop()
    {
        await _hub.DisposeAsync();
        _log.Dispose();
    }

    [Test]
    public async Task An_image_is_followed_from_its_association_to_the_package_that_links_to_it(CancellationToken token)
    {
        CaseNumber number = await _hub.OpenCaseAsync("SECRET-4711", "Verywell", "Hidden");
        await using (TestSender north = await TestSender.OpenAsync(_hub.DicomPort, token, called: $"RHCASE{number}"))
        {
            await north.StoreAsync(Uid.Parse("2.25.6601"), token);
            await north.Association.ReleaseAsync(token);
        }

        await UntilIdleAsync(token);
        (HttpStatusCode status, _) = await _hub.SendAsync(
            HttpMethod.Post, $"api/packages/{number}/publish", """{"force":true,"reason":"urgent"}""", "application/json");
        Activity store = _log.Spans.Single(span => span.OperationName == "C-STORE");
        Dictionary<string, Activity> spans = [];
        foreach (string name in (string[])["association", "receive", "store blob", "commit row", "dispatch outbox",
            "file item", "decide", "commit filing", "rebuild study"])
        {
            spans[name] = await _log.OneAsync(store.TraceId, name, token);
        }

        Activity package = _log.Spans.Single(span => span.OperationName == "publish package");
        Activity request = await _log.OneAsync(package.TraceId, "POST", token);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        foreach ((string child, string parent) in ((string, string)[])[("receive", "C-STORE"), ("store blob", "receive"),
            ("commit row", "receive"), ("dispatch outbox", "commit row"), ("file item", "dispatch outbox"),
            ("decide", "file item"), ("commit filing", "decide")])
        {
            Assert.That(
                spans[child].ParentSpanId, Is.EqualTo((parent == "C-STORE" ? store : spans[parent]).SpanId), child);
        }

        Assert.That(store.ParentSpanId, Is.EqualTo(spans["association"].SpanId));
        Assert.That(spans["association"].GetTagItem(SpanTags.Site), Is.EqualTo("North"));
        Assert.That(spans["association"].GetTagItem(SpanTags.Ending), Is.EqualTo("released"));
        Assert.That(spans["decide"].GetTagItem(SpanTags.Outcome), Is.EqualTo("filed"));
        Assert.That(spans["receive"].GetTagItem(SpanTags.Item), Is.EqualTo(spans["file item"].GetTagItem(SpanTags.Item)));
        Assert.That(package.ParentSpanId, Is.EqualTo(request.SpanId));
        Assert.That(package.TraceId, Is.Not.EqualTo(store.TraceId));
        Assert.That(package.Links.Select(link => link.Context.TraceId), Is.EqualTo(new[] { store.TraceId }));
        Assert.That(request.DisplayName, Is.EqualTo("POST /api/packages/{case}/publish"));
        AssertNothingOfTheRecord(_log.Spans);
    }

    [Test]
    public async Task A_request_goes_on_with_the_trace_of_its_sender(CancellationToken token)
    {
        CaseNumber number = await _hub.OpenCaseAsync("MRN1");
        using HttpRequestMessage request = new(HttpMethod.Post, $"cases/{number}/fhir/Observation?patient.name=Verywell")
        {
            Content = new StringContent(
                """{"resourceType":"Observation","status":"final","code":{"text":"Secret finding"}}""", null,
                "application/fhir+json"),
            Headers = { { "traceparent", Sender } },
        };
        using HttpResponseMessage response = await _hub.Http.SendAsync(request, token);
        await UntilIdleAsync(token);
        ActivityContext sender = TraceContext.Parse(Sender);

        Activity received = await _log.OneAsync(sender.TraceId, "POST", token);
        Activity decided = await _log.OneAsync(sender.TraceId, "decide", token);

        Assert.That((int)response.StatusCode, Is.LessThan(300));
        Assert.That(received.ParentSpanId, Is.EqualTo(sender.SpanId));
        Assert.That(received.DisplayName, Does.StartWith("POST /cases/{").And.Not.Contain("Verywell"));
        Assert.That(decided.GetTagItem(SpanTags.Item), Is.Not.Null);
        AssertNothingOfTheRecord(_log.Spans);
    }

    private static void AssertNothingOfTheRecord(IEnumerable<Activity> spans) => Assert.That(
        spans.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Value}").Concat(spans.Select(span => span.DisplayName)),
        Has.None.Contains("2.25.").And.None.Contains("Verywell").And.None.Contains("4711").And.None.Contains("Secret"));

    private Task<bool> UntilIdleAsync(CancellationToken token) =>
        _hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromSeconds(30), token);
}
