using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>What belongs to a patient's case, and what does no longer.</summary>
internal sealed class FhirCompartmentTests
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
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task Everything_of_a_patient_holds_what_is_about_nobody_but_in_the_case()
    {
        (HttpStatusCode sent, JsonNode answer) = await _hub.SendAsync(HttpMethod.Post, $"cases/{_case}/fhir", """
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c01","resource":{"resourceType":"Patient",
                "identifier":[{"system":"urn:north","value":"MRN1"}],"name":[{"family":"Muster","given":["Erika"]}],
                "birthDate":"1964-08-12","gender":"female"}},
              {"fullUrl":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c02","resource":{"resourceType":"Organization","name":"North"}},
              {"fullUrl":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c03","resource":{"resourceType":"Observation","status":"final",
                "code":{"text":"Height"},"subject":{"reference":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c01"},
                "performer":[{"reference":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c02"}]}}]}
            """);
        Assert.That(sent, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        string mine = await FirstIdAsync("Patient?family=muster");
        (_, JsonNode other) = await _hub.GetAsync($"cases/{_other}/fhir/Patient");
        string others = other["entry"]![0]!["resource"]!["id"]!.GetValue<string>();

        (_, JsonNode bundle) = await _hub.GetAsync($"fhir/Patient/{mine}/$everything?_type=Organization");
        (_, JsonNode foreign) = await _hub.GetAsync($"fhir/Patient/{others}/$everything?_type=Organization,Observation");

        Assert.That(bundle["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(foreign["total"]!.GetValue<int>(), Is.Zero);
    }

    [TestCase("""{"resourceType":"Parameters"}""", HttpStatusCode.OK, "Patient,ServiceRequest")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"name":"_type","valueCode":"Patient"},{"name":"_type","valueCode":"Task"},{"name":"_count","valueInteger":50}]}""", HttpStatusCode.OK, "Patient,Task")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"name":"_typ","valueCode":"Patient"}]}""", HttpStatusCode.BadRequest, "")]
    [TestCase("""{"resourceType":"Parameters","parameter":[1]}""", HttpStatusCode.BadRequest, "")]
    [TestCase("""{"resourceType":"Patient"}""", HttpStatusCode.BadRequest, "")]
    [TestCase("[", HttpStatusCode.BadRequest, "")]
    public async Task Everything_takes_a_parameters_resource(string body, HttpStatusCode expected, string types)
    {
        string id = await FirstIdAsync("Patient?family=muster");
        (HttpStatusCode status, JsonNode bundle) = await _hub.SendAsync(HttpMethod.Post, $"fhir/Patient/{id}/$everything", body);

        Assert.That(status, Is.EqualTo(expected), bundle.ToJsonString());
        string[] found = bundle["entry"] is JsonArray entries
            ? [.. entries.Select(entry => entry!["resource"]!["resourceType"]!.GetValue<string>()).Distinct()]
            : [];
        Assert.That(found, Is.SupersetOf(types.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task What_is_held_again_is_not_seen_in_a_history()
    {
        const string Path = "urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c11";
        (HttpStatusCode sent, _) = await _hub.SendAsync(HttpMethod.Post, $"cases/{_case}/fhir", $$$$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"{{{{Path}}}}","resource":{"resourceType":"Patient",
                "name":[{"family":"Somebody","given":["Else"]}],"birthDate":"1933-03-03","gender":"male"}},
              {"resource":{"resourceType":"Observation","status":"final","code":{"text":"Not hers"},
                "identifier":[{"system":"urn:test","value":"foreign"}],"subject":{"reference":"{{{{Path}}}}"}}}]}
            """);
        Assert.That(sent, Is.EqualTo(HttpStatusCode.Accepted));
        (_, JsonNode held) = await _hub.GetAsync("api/inbox");
        string record = held.AsArray().Last()!["id"]!.GetValue<string>();
        (HttpStatusCode decided, JsonNode decision) = await _hub.SendAsync(
            HttpMethod.Post, $"api/inbox/{record}/assign", $$"""{"case": {{_case.Value}} }""", "application/json");
        Assert.That(decided, Is.EqualTo(HttpStatusCode.OK), decision.ToJsonString());
        string id = await FirstIdAsync("Observation?identifier=urn:test|foreign");
        (HttpStatusCode assigned, _) = await _hub.GetAsync($"fhir/Observation/{id}/_history/1");
        await _hub.SendAsync(HttpMethod.Post, $"api/inbox/{record}/undo", "{}", "application/json");

        (HttpStatusCode undone, _) = await _hub.GetAsync($"fhir/Observation/{id}/_history/1");
        (_, JsonNode history) = await _hub.GetAsync($"fhir/Observation/{id}/_history");

        Assert.That(assigned, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(undone, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(history.ToJsonString(), Does.Not.Contain("Not hers"));
        Assert.That(history["entry"]!.AsArray(), Has.Count.EqualTo(1));
    }

    private async Task<string> FirstIdAsync(string search)
    {
        (_, JsonNode bundle) = await _hub.GetAsync($"cases/{_case}/fhir/{search}");
        return bundle["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
    }
}
