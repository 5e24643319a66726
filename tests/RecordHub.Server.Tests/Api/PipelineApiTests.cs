using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Api;

internal sealed class PipelineApiTests
{
    private const string Json = "application/json";
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await TestHub.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task Nothing_fails_at_first_and_what_does_not_fail_is_not_found()
    {
        (HttpStatusCode listed, JsonNode list) = await _hub.GetAsync("api/pipeline/failed");
        (HttpStatusCode all, JsonNode retried) = await _hub.SendAsync(HttpMethod.Post, "api/pipeline/retry", """{"all":true}""", Json);
        (HttpStatusCode one, _) = await _hub.SendAsync(HttpMethod.Post, "api/pipeline/retry", """{"key":"x"}""", Json);
        (HttpStatusCode none, _) = await _hub.SendAsync(HttpMethod.Post, "api/pipeline/retry", "{}", Json);
        (HttpStatusCode dropped, _) = await _hub.SendAsync(
            HttpMethod.Post, "api/pipeline/drop", """{"key":"x","reason":"damaged"}""", Json);

        Assert.That((listed, list.AsArray().Count), Is.EqualTo((HttpStatusCode.OK, 0)));
        Assert.That((all, retried["count"]!.GetValue<int>()), Is.EqualTo((HttpStatusCode.OK, 0)));
        Assert.That(
            (one, none, dropped), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.NotFound)));
    }

    [TestCase(Role.Coordinator, HttpStatusCode.OK)]
    [TestCase(Role.Machine, HttpStatusCode.Forbidden)]
    [TestCase(Role.Referrer, HttpStatusCode.Forbidden)]
    public async Task Whoever_runs_the_service_drives_again_and_nobody_else(Role role, HttpStatusCode expected)
    {
        using HttpClient client = await _hub.ClientOfAsync(role);
        using HttpResponseMessage listed = await client.GetAsync("api/pipeline/failed");
        using StringContent all = new("""{"all":true}""", Encoding.UTF8, Json);
        using HttpResponseMessage retried = await client.PostAsync("api/pipeline/retry", all);

        Assert.That((listed.StatusCode, retried.StatusCode), Is.EqualTo((expected, expected)));
    }
}
