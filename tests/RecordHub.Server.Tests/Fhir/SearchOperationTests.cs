using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>Operations that are searches: all of a patient, and a patient's documents.</summary>
internal sealed class SearchOperationTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;
    private string _patient = null!;
    private string _other = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        CaseNumber other = await _hub.OpenCaseAsync("MRN2", "Beispiel", "Anna");
        _patient = await PatientAsync(_case);
        _other = await PatientAsync(other);
        foreach ((CaseNumber number, string id, string code, string period) in new[]
        {
            (_case, "MRN1", "a", "2024-01"), (_case, "MRN1", "b", "2025-01"), (_case, "MRN1", "c", "2025-02"), (other, "MRN2", "z", "2024-01"),
        })
        {
            (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(HttpMethod.Post, $"cases/{number}/fhir/DocumentReference", $$$$"""
                {"resourceType":"DocumentReference","status":"current","type":{"coding":[{"system":"http://loinc.org","code":"{{{{code}}}}"}]},
                 "subject":{"identifier":{"system":"urn:north","value":"{{{{id}}}}"}},"context":{"period":{"start":"{{{{period}}}}","end":"{{{{period}}}}"}},
                 "content":[{"attachment":{"contentType":"text/plain","data":"eA=="}}]}
                """);
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
        }
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("", "a b c")]
    [TestCase("&start=2025", "b c")]
    [TestCase("&end=2025-01-31", "a b")]
    [TestCase("&start=2025&end=2025-01-31", "b")]
    [TestCase("&type=http://loinc.org|a,c", "a c")]
    public async Task The_documents_of_a_patient_are_found(string query, string expected)
    {
        using HttpClient client = await _hub.ClientOfAsync(Role.Specialist, _case);
        JsonNode found = JsonNode.Parse(await client.GetStringAsync($"fhir/DocumentReference/$docref?patient={_patient}{query}"))!;
        JsonNode others = JsonNode.Parse(await client.GetStringAsync($"fhir/DocumentReference/$docref?patient=Patient/{_other}{query}"))!;

        Assert.That(string.Join(' ', found["entry"]!.AsArray().Select(CodeOf).Order(StringComparer.Ordinal)), Is.EqualTo(expected));
        Assert.That(others["total"]!.GetValue<int>(), Is.Zero);
        Assert.That(found["link"]![0]!["url"]!.GetValue<string>(), Does.Contain("$docref?patient="));
        StrictFhir.Check(found.ToJsonString());
    }

    [TestCase("")]
    [TestCase("?patient=1&status=current")]
    [TestCase("?patient=1&start=then")]
    public async Task What_is_missing_or_misspelt_is_refused(string query) =>
        Assert.That((await _hub.GetAsync("fhir/DocumentReference/$docref" + query)).Status, Is.EqualTo(HttpStatusCode.BadRequest));

    [Test]
    public async Task The_documents_are_asked_for_with_parameters_too()
    {
        (HttpStatusCode status, JsonNode found) = await _hub.SendAsync(HttpMethod.Post, "fhir/DocumentReference/$docref", $$$"""
            {"resourceType":"Parameters","parameter":[{"name":"patient","valueId":"{{{_patient}}}"},{"name":"start","valueDate":"2025-02"}]}
            """);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), found.ToJsonString());
        Assert.That(CodeOf(found["entry"]!.AsArray().Single()), Is.EqualTo("c"));
    }

    [Test]
    public async Task All_of_a_patient_comes_in_pages_each_once()
    {
        List<string> read = [];
        string? self = null;
        for (string? next = $"fhir/Patient/{_patient}/$everything?_since=2020-01-01&_type=Patient,DocumentReference&_count=2"; next is not null;)
        {
            (HttpStatusCode status, JsonNode page) = await _hub.GetAsync(next);
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), page.ToJsonString());
            read.AddRange(page["entry"]!.AsArray().Select(entry => entry!["fullUrl"]!.GetValue<string>()));
            self ??= Link(page, "self");
            next = Link(page, "next");
        }

        Assert.That(read, Has.Count.EqualTo(4).And.Unique);
        Assert.That(self, Does.Contain("_since=2020-01-01"));
        Assert.That((await _hub.GetAsync(self!)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<string> PatientAsync(CaseNumber number)
    {
        (_, JsonNode page) = await _hub.GetAsync($"cases/{number}/fhir/Patient");
        return page["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
    }

    private static string CodeOf(JsonNode? entry) => entry!["resource"]!["type"]!["coding"]![0]!["code"]!.GetValue<string>();

    private static string? Link(JsonNode page, string relation) =>
        page["link"]!.AsArray().FirstOrDefault(link => link!["relation"]!.GetValue<string>() == relation)?["url"]!.GetValue<string>();
}
