using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>Ranges, codings, tags and counts as RFC 9110 and R4 have them.</summary>
internal sealed class HttpMannersTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;
    private string _observation = string.Empty;
    private string _binary = string.Empty;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("A");
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"cases/{_case}/fhir/Observation",
            """{"resourceType":"Observation","status":"final","code":{"text":"x"}}""");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
        _observation = $"fhir/Observation/{body["id"]!.GetValue<string>()}";
        (_, JsonNode found) = await _hub.GetAsync($"fhir/Provenance?target={_observation["fhir/".Length..]}");
        _binary = "fhir/" + found["entry"]![0]!["resource"]!["entity"]![0]!["what"]!["reference"]!.GetValue<string>();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("_summary=count&_count=5")]
    [TestCase("_count=5&_summary=count")]
    [TestCase("_summary=count&_total=none")]
    public async Task A_count_has_a_total_and_no_entries(string query)
    {
        (_, JsonNode body) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?{query}");

        Assert.That(body["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(body["entry"], Is.Null);
    }

    [TestCase("items=0-1", HttpStatusCode.OK)]
    [TestCase("bytes=0-1", HttpStatusCode.PartialContent)]
    public async Task A_range_of_an_unknown_unit_is_none(string range, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await SendAsync(_binary, "Range", range);

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_range_outside_of_the_content_is_an_outcome()
    {
        using HttpResponseMessage response = await SendAsync(_binary, "Range", "bytes=99999999-");
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        Assert.That(response.Content.Headers.ContentRange!.Length, Is.GreaterThan(0));
        Assert.That(body["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
    }

    [Test]
    public async Task An_answer_without_a_body_says_too_that_it_hangs_on_Accept()
    {
        using HttpResponseMessage response = await SendAsync(_observation, "If-None-Match", "W/\"1\"");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(response.Headers.Vary, Does.Contain("Accept"));
    }

    [TestCase("gzip")]
    [TestCase("zstd")]
    public async Task A_body_in_a_coding_is_refused_with_what_is_taken(string coding)
    {
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("""{"resourceType":"Basic"}"""));
        }

        using ByteArrayContent content = new(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        content.Headers.ContentEncoding.Add(coding);
        using HttpResponseMessage response = await _hub.Http.PostAsync(new Uri("fhir", UriKind.Relative), content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(response.Headers.GetValues("Accept-Encoding"), Is.EqualTo(new[] { "identity" }));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("OperationOutcome"));
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string header, string value)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await _hub.Http.SendAsync(request);
    }
}
