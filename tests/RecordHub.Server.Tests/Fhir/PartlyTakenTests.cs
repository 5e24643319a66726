using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>Batches and lines of which not all can be taken, and what is missing of what was: as the sender is told.</summary>
internal sealed class PartlyTakenTests
{
    private const string Json = "application/fhir+json";
    private const string Xml = "application/fhir+xml";
    private const string Lines = "application/fhir+ndjson";

    private const string Patient =
        """{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:north","value":"A"}],"name":[{"family":"Muster","given":["Erika"]}],"birthDate":"1964-08-12"}""";

    private const string XmlPatient =
        """<Patient><id value="p"/><identifier><system value="urn:north"/><value value="A"/></identifier><name><family value="Muster"/><given value="Erika"/></name><birthDate value="1964-08-12"/></Patient>""";

    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        await _hub.OpenCaseAsync("A");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("<Observation>words</Observation>", "400")]
    [TestCase("<Patient/><Patient/>", "400")]
    [TestCase("<Nonsense><a value=\"1\"/></Nonsense>", "400")]
    [TestCase("<Condition><clinicalStatus value=\"active\"/>words</Condition>", "422")]
    [TestCase("<Condition><clinicalStatus value=\"active\"/></Condition>", "422")]
    [TestCase("<Encounter><class value=\"inpatient\"/></Encounter>", "422")]
    [TestCase("", "400")]
    public async Task In_a_batch_in_XML_one_bad_entry_is_refused_and_the_others_are_taken(string bad, string expected)
    {
        string mark = $"xml {bad.GetHashCode(StringComparison.Ordinal)}";
        (HttpStatusCode status, JsonNode answer) = await PostAsync(XmlBundle("batch", XmlPatient, bad, XmlObservation(mark)), Xml);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(Statuses(answer), Is.EqualTo(new[] { "201", expected, "201" }), answer.ToJsonString());
        JsonNode issue = Issues(answer, 1).Single()!;
        Assert.That(issue["severity"]!.GetValue<string>(), Is.EqualTo("error"));
        Assert.That(issue["expression"]![0]!.GetValue<string>(), Is.EqualTo("Bundle.entry[1]"));
        (_, JsonNode found) = await _hub.GetAsync("fhir/" + Location(answer, 2));
        Assert.That(found["code"]!["text"]!.GetValue<string>(), Is.EqualTo(mark));
        Assert.That(found["valueQuantity"]!["value"]!.ToJsonString(), Is.EqualTo("1.50"));
    }

    [Test]
    public async Task A_transaction_in_XML_stands_or_falls_as_a_whole()
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(
            XmlBundle("transaction", XmlPatient, "<Observation>words</Observation>", XmlObservation("whole xml")), Xml);
        (_, JsonNode found) = await _hub.GetAsync("fhir/Observation?_count=1000");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), answer.ToJsonString());
        Assert.That(found.ToJsonString(), Does.Not.Contain("whole xml"));
    }

    [Test]
    public async Task A_line_of_another_release_is_refused_and_the_others_are_taken_once()
    {
        string lines = string.Join('\n', Patient, """{"resourceType":"MedicationOrder"}""", Observation("line of R4"), "{broken");
        for (int time = 0; time < 2; time++)
        {
            (HttpStatusCode status, JsonNode answer) = await PostAsync(lines, Lines);

            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
            Assert.That(
                Statuses(answer), Is.EqualTo(time == 0 ? new[] { "201", "422", "201", "400" } : ["200", "422", "200", "400"]),
                answer.ToJsonString());
            Assert.That(Issues(answer, 1).Single()!["expression"]![0]!.GetValue<string>(), Is.EqualTo("line 2"));
            Assert.That(Issues(answer, 1).Single()!["diagnostics"]!.GetValue<string>(), Does.Contain("not FHIR R4"));
        }

        (_, JsonNode found) = await _hub.GetAsync("fhir/Observation?_count=1000");
        Assert.That(found.ToJsonString().Split("line of R4"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Entries_of_what_was_once_rejected_as_a_whole_are_not_answered_as_taken()
    {
        string json = JsonBundle("batch", Entry(Patient), Entry(Observation("rejected before")));
        string name;
        using (StringContent content = new(json, Encoding.UTF8, Json))
        using (HttpResponseMessage response = await _hub.Http.PostAsync(new Uri("fhir", UriKind.Relative), content))
        {
            name = response.Headers.GetValues("X-RecordHub-Item").Single();
        }

        Assert.That(ItemId.TryParse(name, out ItemId id), Is.True);
        IItemStore items = _hub.Services.GetRequiredService<IItemStore>();
        StoredItem stored = (await items.FindAsync([id], default)).Single();
        HeldRecord rejected = new()
        {
            Id = new RecordId(id, 7),
            Revision = stored.Revision + 1,
            State = RecordState.Rejected,
            Reason = "not-r4",
            Explanation = "It was read so then.",
            Title = "FHIR content",
            Claim = PatientClaim.Nobody,
            Item = stored.Received,
        };
        await items.SaveAsync(new Filing { Item = id, ExpectedRevision = stored.Revision, Records = [rejected] }, default);
        (HttpStatusCode status, JsonNode answer) = await PostAsync(json, Json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(Statuses(answer), Is.All.EqualTo("422"), answer.ToJsonString());
        Assert.That(answer.ToJsonString(), Does.Contain("was not read (not-r4)"));
    }

    [TestCase("batch")]
    [TestCase("transaction")]
    [TestCase("collection")]
    public async Task Entries_that_are_no_list_are_not_taken_for_none(string type)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(
            $$$"""{"resourceType":"Bundle","type":"{{{type}}}","entry":{{{Entry(Patient)}}} }""", Json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), answer.ToJsonString());
        Assert.That(answer.ToJsonString(), Does.Contain("Bundle.entry is no array"));
    }

    [TestCase("null")]
    [TestCase("5")]
    [TestCase("{}")]
    [TestCase("""{"request":{"method":"POST","url":"Observation"}}""")]
    public async Task An_entry_without_a_resource_is_not_answered_as_taken(string bare)
    {
        (HttpStatusCode batch, JsonNode each) = await PostAsync(JsonBundle("batch", bare, Entry(Patient)), Json);
        (HttpStatusCode transaction, JsonNode whole) = await PostAsync(JsonBundle("transaction", bare, Entry(Patient)), Json);

        Assert.That(batch, Is.EqualTo(HttpStatusCode.OK), each.ToJsonString());
        Assert.That(Statuses(each)[0], Is.EqualTo("400"), each.ToJsonString());
        Assert.That(Location(each, 1), Does.StartWith("Patient/"));
        Assert.That(transaction, Is.EqualTo(HttpStatusCode.BadRequest), whole.ToJsonString());
        Assert.That(whole.ToJsonString(), Does.Contain("Bundle.entry[0]"));
    }

    [TestCase("DocumentReference", "\"content\":[{\"attachment\":{\"contentType\":\"application/pdf\",\"url\":\"http://127.0.0.1:9/a.pdf\"}}]", true)]
    [TestCase("DocumentReference", "\"content\":[{\"attachment\":{\"contentType\":\"application/pdf\",\"url\":\"Binary/not-here\"}}]", true)]
    [TestCase("DocumentReference", "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"aGVsbG8=\",\"url\":\"http://127.0.0.1:9/a.txt\"}}]", false)]
    [TestCase("DiagnosticReport", "\"presentedForm\":[{\"url\":\"urn:uuid:00000000-0000-4000-8000-000000000001\"}]", true)]
    [TestCase("Media", "\"content\":{\"contentType\":\"image/png\",\"url\":\"http://127.0.0.1:9/a.png\"}", true)]
    [TestCase("DocumentReference", "\"content\":[{\"attachment\":{\"url\":\"Binary/b\"}}]", false)]
    public async Task A_document_that_did_not_come_with_its_resource_is_said(string type, string content, bool isMissing)
    {
        string resource =
            $$$"""{"resourceType":"{{{type}}}","status":"final","identifier":[{"value":"{{{content.Length}}}"}],"subject":{"reference":"Patient/p"},{{{content}}}}""";
        string binary = """{"resourceType":"Binary","id":"b","contentType":"text/plain","data":"aGVsbG8=","securityContext":{"reference":"Patient/p"}}""";
        foreach (string bundle in (string[])["batch", "transaction"])
        {
            (HttpStatusCode status, JsonNode answer) =
                await PostAsync(JsonBundle(bundle, Entry(Patient), Entry(resource), Entry(binary)), Json);

            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
            Assert.That(Location(answer, 1), Does.StartWith(type + "/"));
            Assert.That(
                answer.ToJsonString(),
                isMissing ? Does.Contain("Bundle.entry[1].resource names a document that did not come with it") : Does.Not.Contain("did not come"));
        }
    }

    [Test]
    public async Task A_Binary_whose_data_is_no_base64_is_said()
    {
        string binary = """{"resourceType":"Binary","contentType":"text/plain","data":"$$$","securityContext":{"reference":"Patient/p"}}""";
        (HttpStatusCode status, JsonNode answer) = await PostAsync(JsonBundle("batch", Entry(Patient), Entry(binary)), Json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(answer["entry"]![1]!.ToJsonString(), Does.Contain("holds data that is not base64"));
    }

    [TestCase("fullUrl", "POST", "Observation")]
    [TestCase("request.url", "PUT", "Observation/o")]
    public async Task Two_entries_with_one_identity_fail_a_transaction_and_no_batch(string by, string method, string url)
    {
        string Named(string mark) =>
            $$$"""{ {{{(by == "fullUrl" ? "\"fullUrl\":\"urn:uuid:00000000-0000-4000-8000-00000000000a\"," : "")}}}"resource":{{{Observation(mark)}}},"request":{"method":"{{{method}}}","url":"{{{url}}}"} }""";
        (HttpStatusCode twice, JsonNode refused) =
            await PostAsync(JsonBundle("transaction", Entry(Patient), Named("one " + by), Named("two " + by)), Json);
        (HttpStatusCode same, JsonNode taken) =
            await PostAsync(JsonBundle("transaction", Entry(Patient), Named("same " + by), Named("same " + by)), Json);
        (HttpStatusCode batch, JsonNode both) =
            await PostAsync(JsonBundle("batch", Entry(Patient), Named("left " + by), Named("right " + by)), Json);

        Assert.That(twice, Is.EqualTo(HttpStatusCode.BadRequest), refused.ToJsonString());
        Assert.That(refused.ToJsonString(), Does.Contain("Bundle.entry[1] and Bundle.entry[2]"));
        Assert.That(same, Is.EqualTo(HttpStatusCode.OK), taken.ToJsonString());
        Assert.That(batch, Is.EqualTo(HttpStatusCode.OK), both.ToJsonString());
        Assert.That(Location(both, 1), Is.Not.Null.And.Not.EqualTo(Location(both, 2)));
    }

    [TestCase("\"method\":\"POST\",\"url\":\"Observation\",\"ifNoneExist\":\"identifier=x|1\"", "ifNoneExist")]
    [TestCase("\"method\":\"PUT\",\"url\":\"Observation/o\",\"ifMatch\":\"W/1\"", "ifMatch")]
    [TestCase("\"method\":\"PUT\",\"url\":\"Observation?identifier=x|1\"", "a search in request.url")]
    [TestCase("\"method\":\"POST\",\"url\":\"Observation\"", null)]
    public async Task A_condition_that_is_not_looked_at_is_said(string request, string? condition)
    {
        string entry = $$$"""{"resource":{{{Observation("condition " + condition)}}},"request":{ {{{request}}} } }""";
        foreach (string bundle in (string[])["batch", "transaction"])
        {
            (HttpStatusCode status, JsonNode answer) = await PostAsync(JsonBundle(bundle, Entry(Patient), entry), Json);

            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
            Assert.That(Location(answer, 1), Does.StartWith("Observation/"));
            Assert.That(
                answer["entry"]![1]!.ToJsonString(),
                condition is null ? Does.Not.Contain("condition") : Does.Contain($"The condition ({condition}) was not looked at"));
        }
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string body, string type)
    {
        using StringContent content = new(body, Encoding.UTF8, type);
        using HttpResponseMessage response = await _hub.Http.PostAsync(new Uri("fhir", UriKind.Relative), content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private static string[] Statuses(JsonNode answer) =>
        [.. answer["entry"]!.AsArray().Select(entry => entry!["response"]!["status"]!.GetValue<string>()[..3])];

    private static JsonArray Issues(JsonNode answer, int entry) =>
        answer["entry"]![entry]!["response"]!["outcome"]!["issue"]!.AsArray();

    private static string? Location(JsonNode answer, int entry) =>
        answer["entry"]![entry]!["response"]!["location"]?.GetValue<string>();

    private static string Observation(string mark) =>
        $$$"""{"resourceType":"Observation","status":"final","code":{"text":"{{{mark}}}"},"effectiveDateTime":"2024-01-02","subject":{"reference":"Patient/p"}}""";

    private static string XmlObservation(string mark) => $"""
        <Observation><status value="final"/><code><text value="{mark}"/></code><subject><reference value="Patient/p"/></subject>
        <effectiveDateTime value="2024-01-02"/><valueQuantity><value value="1.50"/></valueQuantity></Observation>
        """;

    private static string Entry(string resource) => $$$"""{"resource":{{{resource}}},"request":{"method":"POST","url":"X"}}""";

    private static string JsonBundle(string type, params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""";

    private static string XmlBundle(string type, params string[] resources) =>
        $"<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"{type}\"/>" + string.Concat(resources.Select(resource =>
            $"<entry><resource>{resource}</resource><request><method value=\"POST\"/><url value=\"X\"/></request></entry>")) + "</Bundle>";
}
