using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Telemetry;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Dicom;
using RecordHub.Server.Tests.Hosting;
using RecordHub.Server.Tests.Telemetry;

namespace RecordHub.Server.Tests.Security;

/// <summary>What comes by a site's token is the site's, through every door of HTTP.</summary>
[CancelAfter(60_000)]
internal sealed class SiteTokenTests
{
    private TestHub _hub = null!;
    private HttpClient _north = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync(options => options with
        {
            Sites =
            [
                new SiteOptions { Name = "North", AeTitle = "NORTH", DefaultIssuer = "urn:north" },
                new SiteOptions { Name = "South", AeTitle = "SOUTH", Tenant = Tenant.Parse("south") },
            ],
        });
        (HttpStatusCode status, JsonNode made) = await PostTokenAsync("north");
        Assert.That((status, made["site"]!.GetValue<string>()), Is.EqualTo((HttpStatusCode.Created, "North")));
        _north = _hub.Client(made["token"]!.GetValue<string>());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _north.Dispose();
        await _hub.DisposeAsync();
    }

    [TestCase("dicomweb/studies", "application/dicom", "stow")]
    [TestCase("fhir/Binary", "text/plain", "fhir")]
    [TestCase("api/import?name=letter.txt", "text/plain", "import")]
    public async Task It_counts_as_the_site_in_measurements_and_in_the_inbox(string path, string type, string door)
    {
        IReadOnlyList<MetricSeries> before = MetricSeries.Parse(await _hub.Http.GetStringAsync("metrics"));
        byte[] body = door == "stow" ? TestSender.Bytes(TestSender.Image(Dicom("2.25.7701"))) : Encoding.UTF8.GetBytes($"A letter by {door}.");
        using ByteArrayContent content = new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using HttpResponseMessage answer = await _north.PostAsync(path, content);
        Assert.That((int)answer.StatusCode, Is.LessThan(300), await answer.Content.ReadAsStringAsync());
        await _hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromSeconds(30), default);

        IReadOnlyList<MetricSeries> after = MetricSeries.Parse(await _hub.Http.GetStringAsync("metrics"));
        (string, string)[] labels = [("site", "North"), ("door", door), ("outcome", "accepted")];
        string name = HubInstruments.ItemsReceived.PrometheusName;
        Assert.That(MetricSeries.Sum(after, name, labels) - MetricSeries.Sum(before, name, labels), Is.EqualTo(1));
        (_, JsonNode inbox) = await _hub.GetAsync("api/inbox");
        Assert.That(
            inbox.AsArray().Where(item => item!["door"]!.GetValue<string>() == door).Select(item => item!["site"]?.GetValue<string>()),
            Is.EqualTo(new[] { "North" }));
    }

    [Test]
    public async Task It_does_not_send_for_another_site()
    {
        using StringContent letter = new("A letter.");
        using HttpResponseMessage answer = await _north.PostAsync("api/import?site=South", letter);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Nobody_sends_for_a_site_that_is_not_configured()
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, "api/import?site=Nope", "A letter for nobody.", "text/plain");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), body.ToJsonString());
        Assert.That(body.ToJsonString(), Does.Contain("no site Nope").And.Contain("recordhub site add"));
    }

    [Test]
    public async Task It_names_a_site_that_is_configured_and_its_tenants()
    {
        (HttpStatusCode unknown, _) = await PostTokenAsync("West");
        (HttpStatusCode foreign, _) = await PostTokenAsync("South", "north-clinic");
        (HttpStatusCode own, _) = await PostTokenAsync("South", "south");

        Assert.That((unknown, foreign, own), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Created)));
    }

    private static RecordHub.Dicom.DataSet.Uid Dicom(string uid) => RecordHub.Dicom.DataSet.Uid.Parse(uid);

    private Task<(HttpStatusCode Status, JsonNode Body)> PostTokenAsync(string site, string? tenant = null) => _hub.SendAsync(
        HttpMethod.Post, "api/tokens",
        new JsonObject { ["name"] = "sender", ["role"] = "referrer", ["site"] = site, ["tenant"] = tenant }.ToJsonString(),
        "application/json");
}
