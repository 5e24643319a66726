using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>The searches that a front end for second opinions sends first.</summary>
internal sealed class FrontEndSearchTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;
    private CaseNumber _other;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        _other = await _hub.OpenCaseAsync("MRN2", "Beispiel", "Anna");
        foreach ((CaseNumber number, string id, string date, string value) in new (CaseNumber, string, string, string)[]
        {
            (_case, "MRN1", "2024-01-05", "1e2"), (_case, "MRN1", "2025-02", "2.50"), (_case, "MRN1", "2023", "3"), (_other, "MRN2", "2024-06-01", "4"),
        })
        {
            (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
                HttpMethod.Post, $"cases/{number}/fhir/Observation",
                $$$"""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"effectiveDateTime":"{{{date}}}",
                 "subject":{"identifier":{"system":"urn:north","value":"{{{id}}}"}},"valueQuantity":{"value":{{{value}}}},
                 "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"}}
                """);
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
        }
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("_sort=date", "2023,2024-01-05,2025-02")]
    [TestCase("_sort=-date", "2025-02,2024-01-05,2023")]
    [TestCase("_sort=status,-date", "2025-02,2024-01-05,2023")]
    public async Task Matches_come_by_date_over_all_pages(string query, string dates)
    {
        List<string> read = [];
        string? next = $"cases/{_case}/fhir/Observation?{query}&_count=1";
        while (next is not null)
        {
            (_, JsonNode page) = await _hub.GetAsync(next);
            read.AddRange(page["entry"]!.AsArray().Select(entry => entry!["resource"]!["effectiveDateTime"]!.GetValue<string>()));
            next = page["link"]!.AsArray().FirstOrDefault(link => link!["relation"]!.GetValue<string>() == "next")?["url"]!.GetValue<string>();
        }

        Assert.That(string.Join(',', read), Is.EqualTo(dates));
    }

    [Test]
    public async Task The_patient_is_included_once_and_outside_of_the_count()
    {
        (_, JsonNode page) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?_include=Observation:patient&_count=2");

        Assert.That(page["entry"]!.AsArray().Select(entry => entry!["search"]!["mode"]!.GetValue<string>()), Is.EqualTo(new[] { "match", "match", "include" }));
        Assert.That(page["total"]!.GetValue<int>(), Is.EqualTo(3));
        StrictFhir.Check(page.ToJsonString());
    }

    [TestCase("patient.identifier=urn:north|MRN1", 3)]
    [TestCase("subject.identifier=MRN1", 3)]
    [TestCase("subject:Patient.name=muster", 3)]
    [TestCase("patient.identifier=urn:north|MRN2", 0)]
    public async Task A_token_of_one_case_asks_of_its_own_patient_only(string query, int expected)
    {
        using HttpClient client = await _hub.ClientOfAsync(Role.Specialist, _case);

        JsonNode found = JsonNode.Parse(await client.GetStringAsync($"fhir/Observation?{query}&_include=Observation:subject"))!;
        JsonNode patients = JsonNode.Parse(await client.GetStringAsync("fhir/Patient?_revinclude=Observation:subject&_sort=-_lastUpdated"))!;

        Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(expected));
        Assert.That(patients["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(patients.ToJsonString(), Does.Not.Contain("MRN2").And.Not.Contain("2024-06-01"));
        Assert.That(patients["entry"]!.AsArray(), Has.Count.EqualTo(4));
    }

    [TestCase("_summary=true")]
    [TestCase("_summary=text")]
    [TestCase("_summary=data")]
    [TestCase("_elements=value,effective")]
    public async Task Parts_of_resources_are_r4_and_say_that_they_are_parts(string query)
    {
        (_, JsonNode page) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?{query}");
        string id = page["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
        (_, JsonNode read) = await _hub.GetAsync($"fhir/Observation/{id}?{query}");

        StrictFhir.Check(page.ToJsonString());
        StrictFhir.Check(read.ToJsonString());
        Assert.That(read["meta"]!["tag"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("SUBSETTED"));
        Assert.That(read["status"], Is.Not.Null);
        Assert.That(read["text"] is null, Is.EqualTo(query != "_summary=text"));
    }

    [Test]
    public async Task A_lenient_search_tells_what_of_these_it_did_not_understand()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"cases/{_case}/fhir/Observation?_sort=dat&_include=Observation:code&patient.nme=x");
        request.Headers.Add("Prefer", "handling=lenient");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);
        JsonNode page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(page["total"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(page["entry"]![3]!["resource"]!["issue"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_history_has_pages_and_a_beginning()
    {
        (_, JsonNode page) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?_count=1");
        string path = $"fhir/Observation/{page["entry"]![0]!["resource"]!["id"]!.GetValue<string>()}/_history";

        Assert.That((await _hub.GetAsync(path + "?_since=2999-01-01T00:00:00Z")).Body["total"]!.GetValue<int>(), Is.Zero);
        Assert.That((await _hub.GetAsync(path + "?_since=2020&_count=1")).Body["entry"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await _hub.GetAsync(path + "?_since=then")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await _hub.GetAsync(path + "?_at=2020")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
