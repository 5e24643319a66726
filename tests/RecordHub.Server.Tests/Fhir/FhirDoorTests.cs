using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

internal sealed class FhirDoorTests
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
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(HttpMethod.Post, $"cases/{_case}/fhir", Bundle("MRN1", 5));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task A_transaction_is_answered_entry_by_entry_with_where_it_went()
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"fhir?case={_case}", Bundle("MRN1", 2, "2023"));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That(body["type"]!.GetValue<string>(), Is.EqualTo("transaction-response"));
        JsonArray entries = body["entry"]!.AsArray();
        Assert.That(entries, Has.Count.EqualTo(3));
        Assert.That(entries[1]!["response"]!["location"]!.GetValue<string>(), Does.StartWith("Observation/"));
        (HttpStatusCode read, _) = await _hub.GetAsync("fhir/" + entries[1]!["response"]!["location"]!.GetValue<string>());
        Assert.That(read, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_single_resource_is_created_and_comes_back_with_what_it_held()
    {
        const string Observation = """
            {"resourceType":"Observation","status":"final","code":{"text":"Ferritin"},
             "valueQuantity":{"value":1.0E1,"unit":"ug/L"},"_note":null}
            """;
        using HttpRequestMessage request = new(HttpMethod.Post, "fhir/Observation")
        {
            Content = new StringContent(Observation.Replace(",\"_note\":null", string.Empty, StringComparison.Ordinal)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        request.Headers.Add("X-RecordHub-Case", _case.ToString());
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), await response.Content.ReadAsStringAsync());
        Assert.That(response.Headers.Location!.ToString(), Does.Contain("/fhir/Observation/").And.EndWith("/_history/1"));
        Assert.That(response.Headers.ETag!.ToString(), Is.EqualTo("W/\"1\""));
        string served = await _hub.Http.GetStringAsync(response.Headers.Location);
        Assert.That(served, Does.Contain("1.0E1"));
    }

    [Test]
    public async Task What_disagrees_with_its_case_is_held_and_seen_by_nobody()
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"cases/{_other}/fhir", Bundle("MRN1", 1, "1999"));
        (_, JsonNode found) = await _hub.GetAsync($"cases/{_other}/fhir/Observation");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(body["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
        Assert.That(body.ToJsonString(), Does.Contain("held").And.Not.Contain("Muster"));
        Assert.That(found["total"]!.GetValue<int>(), Is.Zero);
    }

    [Test]
    public async Task Reading_again_with_the_etag_is_304()
    {
        string id = await FirstIdAsync("Observation");
        using HttpRequestMessage request = new(HttpMethod.Get, $"fhir/Observation/{id}");
        request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"1\"");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task History_and_vread_give_the_version()
    {
        string id = await FirstIdAsync("Observation");
        (HttpStatusCode history, JsonNode bundle) = await _hub.GetAsync($"fhir/Observation/{id}/_history");
        (HttpStatusCode vread, JsonNode version) = await _hub.GetAsync($"fhir/Observation/{id}/_history/1");
        (HttpStatusCode missing, _) = await _hub.GetAsync($"fhir/Observation/{id}/_history/99");

        Assert.That(history, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(bundle["type"]!.GetValue<string>(), Is.EqualTo("history"));
        Assert.That(vread, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(version["meta"]!["versionId"]!.GetValue<string>(), Is.EqualTo("1"));
        Assert.That(missing, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Search_pages_through_everything_once_with_links_that_name_nobody()
    {
        HashSet<string> seen = [];
        string? next = $"cases/{_case}/fhir/Observation?code=http://loinc.org|2276-4&_count=2";
        int pages = 0;
        while (next is not null)
        {
            (HttpStatusCode status, JsonNode page) = await _hub.GetAsync(next);
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), page.ToJsonString());
            foreach (JsonNode? entry in page["entry"]!.AsArray())
            {
                Assert.That(seen.Add(entry!["fullUrl"]!.GetValue<string>()), Is.True);
            }

            next = page["link"]!.AsArray().FirstOrDefault(link => link!["relation"]!.GetValue<string>() == "next")
                ?["url"]!.GetValue<string>();
            Assert.That(next ?? string.Empty, Does.Not.Contain("2276"));
            pages++;
        }

        Assert.That(seen, Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(pages, Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task Search_by_post_finds_the_same()
    {
        (_, JsonNode byGet) = await _hub.GetAsync("fhir/Patient?family=muster&birthdate=1964-08-12");
        (HttpStatusCode status, JsonNode byPost) = await _hub.SendAsync(
            HttpMethod.Post, "fhir/Patient/_search", "family=muster&birthdate=1964-08-12", "application/x-www-form-urlencoded");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(byPost["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(byGet["total"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [TestCase("fhir/Observation?cod=x", HttpStatusCode.BadRequest)]
    [TestCase("fhir/ServiceRequest/none/$package?vresion=2", HttpStatusCode.BadRequest)]
    [TestCase("fhir/Observation?_cursor=abc", HttpStatusCode.BadRequest)]
    [TestCase("fhir", HttpStatusCode.BadRequest)]
    [TestCase("fhir/Observation/none", HttpStatusCode.NotFound)]
    [TestCase("fhir/observation", HttpStatusCode.NotFound)]
    [TestCase("fhir/Observation?_format=turtle", HttpStatusCode.NotAcceptable)]
    [TestCase("fhir/Binary/none", HttpStatusCode.NotFound)]
    [TestCase("fhir/ServiceRequest/none/$package", HttpStatusCode.NotFound)]
    [TestCase("cases/x/fhir/Observation", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_served_is_an_outcome_with_advice(string path, HttpStatusCode expected)
    {
        (HttpStatusCode status, JsonNode body) = await _hub.GetAsync(path);

        Assert.That(status, Is.EqualTo(expected), body.ToJsonString());
        Assert.That(body["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
        Assert.That(body["issue"]![0]!["diagnostics"]!.GetValue<string>(), Is.Not.Empty);
    }

    [TestCase("fhir/Observation", "x", "text/csv", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("fhir/Observation", "", "application/fhir+json", HttpStatusCode.BadRequest)]
    [TestCase("fhir/Observation", "{\"resourceType\":", "application/fhir+json", HttpStatusCode.BadRequest)]
    [TestCase("fhir/Observation?case=999", "{}", "application/fhir+json", HttpStatusCode.NotFound)]
    [TestCase("fhir/Observation?case=abc", "{}", "application/fhir+json", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_taken_is_an_outcome(string path, string body, string type, HttpStatusCode expected)
    {
        (HttpStatusCode status, JsonNode answer) = await _hub.SendAsync(HttpMethod.Post, path, body, type);

        Assert.That(status, Is.EqualTo(expected), answer.ToJsonString());
        Assert.That(answer["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
    }

    [Test]
    public async Task Everything_of_a_patient_holds_the_patient_and_the_observations()
    {
        string id = await FirstIdAsync("Patient?family=muster");
        (HttpStatusCode status, JsonNode bundle) = await _hub.GetAsync($"fhir/Patient/{id}/$everything?_count=500");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        string[] types = [.. bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!["resourceType"]!.GetValue<string>())];
        Assert.That(types, Does.Contain("Patient").And.Contain("Observation"));
    }

    [Test]
    public async Task Xml_is_served_when_asked_for()
    {
        string id = await FirstIdAsync("Observation");
        using HttpRequestMessage request = new(HttpMethod.Get, $"fhir/Observation/{id}");
        request.Headers.Accept.ParseAdd("application/fhir+xml");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/fhir+xml"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("<Observation"));
    }

    [Test]
    public async Task The_original_bytes_are_a_binary_with_ranges()
    {
        string id = await FirstIdAsync("Observation");
        (_, JsonNode found) = await _hub.GetAsync($"fhir/Provenance?target=Observation/{id}");
        string source = found["entry"]![0]!["resource"]!["entity"]![0]!["what"]!["reference"]!.GetValue<string>();
        byte[] whole = await _hub.Http.GetByteArrayAsync("fhir/" + source);
        using HttpRequestMessage request = new(HttpMethod.Get, "fhir/" + source);
        request.Headers.Range = new RangeHeaderValue(2, 5);
        using HttpResponseMessage part = await _hub.Http.SendAsync(request);
        using HttpRequestMessage asResource = new(HttpMethod.Get, "fhir/" + source);
        asResource.Headers.Accept.ParseAdd("application/fhir+json");
        using HttpResponseMessage resource = await _hub.Http.SendAsync(asResource);
        JsonNode json = JsonNode.Parse(await resource.Content.ReadAsStringAsync())!;

        Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(whole[2..6]));
        Assert.That(json["data"]!.GetValue<string>(), Is.EqualTo(Convert.ToBase64String(whole)));
    }

    [Test]
    public async Task A_specialist_sees_their_case_alone()
    {
        using HttpClient specialist = await _hub.ClientOfAsync(Role.Specialist, _other);
        JsonNode patients = JsonNode.Parse(await specialist.GetStringAsync("fhir/Patient"))!;
        using HttpResponseMessage foreign = await specialist.GetAsync("fhir/Observation/" + await FirstIdAsync("Observation"));
        JsonNode inside = JsonNode.Parse(await specialist.GetStringAsync($"cases/{_case}/fhir/Observation"))!;

        Assert.That(patients["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(inside["total"]!.GetValue<int>(), Is.Zero);
    }

    [Test]
    public async Task A_referrer_hears_where_it_went_and_reads_nothing()
    {
        using HttpClient referrer = await _hub.ClientOfAsync(Role.Referrer);
        using StringContent content = new("""{"resourceType":"Observation","status":"final","code":{"text":"CRP"}}""");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using HttpResponseMessage response = await referrer.PostAsync($"cases/{_case}/fhir/Observation", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task The_capability_statement_lists_what_search_takes_and_is_open()
    {
        JsonNode statement = JsonNode.Parse(await _hub.Anonymous.GetStringAsync("fhir/metadata"))!;
        JsonNode patient = statement["rest"]![0]!["resource"]!.AsArray()
            .Single(resource => resource!["type"]!.GetValue<string>() == "Patient")!;

        Assert.That(statement["fhirVersion"]!.GetValue<string>(), Is.EqualTo("4.0.1"));
        foreach (JsonNode? parameter in patient["searchParam"]!.AsArray())
        {
            (HttpStatusCode status, JsonNode body) = await _hub.GetAsync(
                $"fhir/Patient?{parameter!["name"]!.GetValue<string>()}:missing=true&_summary=count");
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        }
    }

    [Test]
    public async Task Other_origins_may_call_and_see_the_headers()
    {
        using HttpRequestMessage request = new(HttpMethod.Options, "fhir/Patient");
        request.Headers.Add("Origin", "https://viewer.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using HttpResponseMessage preflight = await _hub.Anonymous.SendAsync(request);

        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Origin").Single(), Is.EqualTo("*"));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), Does.Contain("Authorization"));
    }

    private async Task<string> FirstIdAsync(string search)
    {
        (_, JsonNode bundle) = await _hub.GetAsync($"cases/{_case}/fhir/{search}");
        return bundle["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
    }

    private static string Bundle(string id, int observations, string year = "2024")
    {
        IEnumerable<string> entries = Enumerable.Range(1, observations).Select(day => $$$"""
            {"fullUrl":"urn:uuid:00000000-0000-4000-8000-0000000000{{{day:D2}}}","resource":{"resourceType":"Observation","status":"final",
             "code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},"subject":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000099"},
             "effectiveDateTime":"{{{year}}}-05-{{{day:D2}}}","valueQuantity":{"value":{{{day}}}.50,"unit":"ug/L"}},
             "request":{"method":"POST","url":"Observation"}}
            """);
        return $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
            {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000099","resource":{"resourceType":"Patient",
             "identifier":[{"system":"urn:north","value":"{{{id}}}"}],"name":[{"family":"Muster","given":["Erika"]}],
             "birthDate":"1964-08-12","gender":"female"},"request":{"method":"POST","url":"Patient"}},
            {{{string.Join(',', entries)}}}]}
            """;
    }
}
