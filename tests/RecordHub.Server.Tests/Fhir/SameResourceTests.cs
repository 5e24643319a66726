using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>The same resources sent again in another Bundle, from outside.</summary>
internal sealed class SameResourceTests
{
    private const string Patient = """
        {"resourceType":"Patient","identifier":[{"system":"urn:north","value":"77"}],"name":[{"family":"Muster","given":["Erika"]}],"birthDate":"1964-08-12","gender":"female"}
        """;

    private TestHub _hub = null!;
    private CaseNumber _case;

    [SetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("77");
    }

    [TearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task A_copy_is_answered_with_the_place_of_what_is_here_and_changes_nothing()
    {
        string[] created = await SendAsync(Bundle("transaction", "urn:uuid:1", "urn:uuid:2", "12.50"), "201");
        (string digest, int version) = await PublishAsync();
        string[] again = await SendAsync(Bundle("collection", "Patient/p", "Observation/o", "12.50", "p", "o"), "200");
        string[] inXml = await SendAsync(
            Encoding.UTF8.GetString(FhirXml.FromJson(Encoding.UTF8.GetBytes(Bundle("searchset", "http://a/Patient/q", "http://a/Observation/r", "12.50", "q", "r")))),
            "200", "application/fhir+xml");

        Assert.That(again, Is.EqualTo(created));
        Assert.That(inXml, Is.EqualTo(created));
        Assert.That(created, Has.All.EndsWith("/_history/1"));
        Assert.That(await PublishAsync(), Is.EqualTo((digest, version)));
        Assert.That(await CountAsync("Observation"), Is.EqualTo(1));
        Assert.That(await CountAsync($"Observation?code=http://loinc.org|2276-4"), Is.EqualTo(1));
        Assert.That(await CountAsync("DiagnosticReport"), Is.EqualTo(1));
        Assert.That(await CountAsync($"Provenance?target={created[0][..created[0].IndexOf("/_history", StringComparison.Ordinal)]}"), Is.EqualTo(3));
        (_, JsonNode patients) = await _hub.GetAsync($"cases/{_case}/fhir/Patient");
        (_, JsonNode all) = await _hub.GetAsync($"fhir/Patient/{patients["entry"]![0]!["resource"]!["id"]}/$everything?_count=500");
        Assert.That(all["entry"]!.AsArray().Count(entry => entry!["resource"]!["resourceType"]!.GetValue<string>() == "Observation"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_may_not_read_is_not_told_that_it_was_here()
    {
        await SendAsync(Bundle("transaction", "urn:uuid:1", "urn:uuid:2", "12.50"), "201");
        using HttpClient referrer = await _hub.ClientOfAsync(Role.Referrer);
        using StringContent content = new(
            Bundle("collection", "Patient/p", "Observation/o", "12.50", "p", "o"), new MediaTypeHeaderValue("application/fhir+json"));
        using HttpResponseMessage response = await referrer.PostAsync(new Uri($"cases/{_case}/fhir", UriKind.Relative), content);
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(
            answer["entry"]!.AsArray().Select(entry => entry!["response"]!["status"]!.GetValue<string>()), Has.All.StartsWith("201"));
    }

    [Test]
    public async Task What_differs_is_kept_beside_it()
    {
        string[] first = await SendAsync(Bundle("transaction", "urn:uuid:1", "urn:uuid:2", "12.50"), "201");
        string[] other = await SendAsync(Bundle("transaction", "urn:uuid:1", "urn:uuid:2", "12.5"), "201");

        Assert.That(first.Intersect(other), Is.Empty);
        Assert.That(await CountAsync("Observation"), Is.EqualTo(2));

        // The report refers to another result: it says something else.
        Assert.That(await CountAsync("DiagnosticReport"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_copy_is_here_when_its_elder_is_taken_back([Values(false, true)] bool isElder)
    {
        string[] items =
        [
            await ItemOfAsync(Bundle("transaction", "urn:uuid:1", "urn:uuid:2", "12.50")),
            await ItemOfAsync(Bundle("collection", "Patient/p", "Observation/o", "12.50", "p", "o")),
        ];
        (_, JsonNode before) = await _hub.GetAsync($"cases/{_case}/fhir/Observation");
        foreach (string item in isElder ? items : items.Reverse())
        {
            Assert.That(await CountAsync("Observation"), Is.EqualTo(1));
            (HttpStatusCode undone, JsonNode back) = await _hub.SendAsync(HttpMethod.Post, $"api/inbox/{item}/undo", "{}", "application/json");
            Assert.That(undone, Is.EqualTo(HttpStatusCode.OK), back.ToJsonString());
            Assert.That((await _hub.GetAsync($"cases/{_case}/fhir/Observation")).Body["entry"]?[0]?["resource"]?.ToJsonString(), item == (isElder ? items[0] : items[1])
                ? Is.EqualTo(before["entry"]![0]!["resource"]!.ToJsonString()) : Is.Null);
        }
    }

    // A result and its report.
    private static string Bundle(string type, string patient, string result, string value, string? patientId = null, string? resultId = null)
    {
        string request = type == "transaction" ? ""","request":{"method":"POST","url":"Basic"}""" : string.Empty;
        string[] entries =
        [
            Entry(patient, patientId, Patient),
            Entry(result, resultId, $$$"""
                {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},
                 "effectiveDateTime":"2024-05-01","subject":{"reference":"{{{patient}}}"},"valueQuantity":{"value":{{{value}}}}}
                """),
            Entry("urn:uuid:3", null, $$$"""
                {"resourceType":"DiagnosticReport","status":"final","code":{"text":"Laboratory"},"effectiveDateTime":"2024-05-02",
                 "result":[{"reference":"{{{result}}}"}],"subject":{"reference":"{{{patient}}}"}}
                """),
        ];
        return $$$"""{"resourceType":"Bundle","type":"{{{type}}}","entry":[{{{string.Join(',', type == "collection" ? entries.Reverse() : entries)}}}]}""";

        string Entry(string name, string? id, string resource) =>
            $$"""{"fullUrl":"{{(name.Contains(':', StringComparison.Ordinal) ? name : "http://b/" + name)}}","resource":{{(id is null ? resource : resource.Trim()[..^1] + $",\"id\":\"{id}\"}}")}}{{request}}}""";
    }

    // The places of the observation and the report.
    private async Task<string[]> SendAsync(string body, string expected, string? type = null)
    {
        (HttpStatusCode status, JsonNode answer) = await _hub.SendAsync(HttpMethod.Post, $"cases/{_case}/fhir", body, type);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        JsonNode[] responses = [.. answer["entry"]!.AsArray().Select(entry => entry!["response"]!)
            .Where(response => !response["location"]!.GetValue<string>().Contains("Patient/", StringComparison.Ordinal))];
        Assert.That(responses.Select(response => response["status"]!.GetValue<string>()[..3]), Has.All.EqualTo(expected));
        return [.. responses.Select(response => response["location"]!.GetValue<string>()).OrderByDescending(one => one.StartsWith("Observation", StringComparison.Ordinal))];
    }

    private async Task<string> ItemOfAsync(string body)
    {
        using StringContent content = new(body, new MediaTypeHeaderValue("application/fhir+json"));
        using HttpResponseMessage response = await _hub.Http.PostAsync(new Uri($"cases/{_case}/fhir", UriKind.Relative), content);
        return response.Headers.GetValues("X-RecordHub-Item").Single();
    }

    private async Task<int> CountAsync(string search) =>
        (await _hub.GetAsync($"cases/{_case}/fhir/{search}{(search.Contains('?', StringComparison.Ordinal) ? '&' : '?')}_summary=count"))
        .Body["total"]!.GetValue<int>();

    private async Task<(string Digest, int Version)> PublishAsync()
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"api/packages/{_case}/publish", """{"force":true,"reason":"a test"}""", "application/json");
        Assert.That((int)status, Is.InRange(200, 299), body.ToJsonString());
        return (body["digest"]!.GetValue<string>(), body["version"]!.GetValue<int>());
    }
}
