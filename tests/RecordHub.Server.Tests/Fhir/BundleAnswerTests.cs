using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Resources;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>What the sender of a Bundle, or of lines, is told of each entry, from outside.</summary>
internal sealed class BundleAnswerTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        await _hub.OpenCaseAsync("A");
        await _hub.OpenCaseAsync("B", "Beispiel", "Anna");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task Each_entry_is_told_the_place_of_what_it_became_in_any_order([Values("batch", "transaction")] string type)
    {
        Random random = new(17);
        for (int round = 0; round < 12; round++)
        {
            string mark = $"{type} {round}";
            List<Sent> entries =
            [
                Patient("A", "Muster", "Erika"), Patient("B", "Beispiel", "Anna"),
                Observation(mark + " a1", Reference("A")), Observation(mark + " a2", Identifier("A")),
                Observation(mark + " b1", Reference("B")), Observation(mark + " b2", "#p", Contained("B", "Beispiel", "Anna")),
                Observation(mark + " b3", Reference("B")), Binary(mark),
            ];
            if (type == "batch")
            {
                entries.AddRange([Patient("C", "Niemand", "Otto"), Observation(mark + " c1", Reference("C"), place: Place.Held)]);
            }

            Sent[] order = [.. entries];
            random.Shuffle(order);
            (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(HttpMethod.Post, "fhir", Bundle(type, order));

            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
            Assert.That(body["type"]!.GetValue<string>(), Is.EqualTo(type + "-response"));
            Assert.That(body["entry"]!.AsArray(), Has.Count.EqualTo(order.Length));
            for (int i = 0; i < order.Length; i++)
            {
                await IsToldAsync(order[i], body["entry"]![i]!["response"]!);
            }
        }
    }

    [Test]
    public async Task The_answer_does_not_depend_on_the_encoding(
        [Values("collection", "transaction", "batch")] string type, [Values("plain", "mark", "xml")] string encoding)
    {
        string json = Bundle(type, Patient("A", "Muster", "Erika"), Observation($"{type} {encoding}", Reference("A")));
        byte[] body = encoding switch
        {
            "xml" => FhirXml.FromJson(Encoding.UTF8.GetBytes(json)),
            "mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)],
            _ => Encoding.UTF8.GetBytes(json),
        };
        (HttpStatusCode status, JsonNode answer) = await PostAsync(body, encoding == "xml" ? "application/fhir+xml" : "application/fhir+json");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(answer["resourceType"]!.GetValue<string>(), Is.EqualTo("Bundle"));
        Assert.That(answer["type"]!.GetValue<string>(), Is.EqualTo(type == "batch" ? "batch-response" : "transaction-response"));
        Assert.That(Location(answer["entry"]![0]!), Does.StartWith("Patient/"));
        Assert.That(Location(answer["entry"]![1]!), Does.StartWith("Observation/"));
    }

    [Test]
    public async Task A_bundle_with_a_large_attachment_is_answered_entry_by_entry()
    {
        string data = Convert.ToBase64String(new byte[9 << 20]);
        string json = Bundle("transaction", Patient("A", "Muster", "Erika"), new Sent(
            $$$"""{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/A"},"content":[{"attachment":{"contentType":"application/octet-stream","data":"{{{data}}}"}}]}""",
            "DocumentReference", "", Place.Own));
        (HttpStatusCode status, JsonNode answer) = await _hub.SendAsync(HttpMethod.Post, "fhir", json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(Location(answer["entry"]![1]!), Does.StartWith("DocumentReference/"));
    }

    [Test]
    public async Task Lines_are_answered_each_and_one_that_cannot_be_read_says_so()
    {
        string lines = $"{Patient("A", "Muster", "Erika").Json}\n{{\"resourceType\":\"Observation\",\n\n{Observation("line", Reference("A")).Json}\n";
        (HttpStatusCode status, JsonNode answer) = await PostAsync(Encoding.UTF8.GetBytes(lines), "application/fhir+ndjson");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(answer["type"]!.GetValue<string>(), Is.EqualTo("batch-response"));
        Assert.That(Statuses(answer), Is.EqualTo(new[] { "201", "400", "201" }));
        Assert.That(Location(answer["entry"]![2]!), Does.StartWith("Observation/"));
        JsonNode issue = answer["entry"]![1]!["response"]!["outcome"]!["issue"]![0]!;
        Assert.That(issue["severity"]!.GetValue<string>(), Is.EqualTo("error"));
        Assert.That(issue["diagnostics"]!.GetValue<string>(), Does.Contain("line 2"));
    }

    [TestCase("DELETE")]
    [TestCase("PATCH")]
    [TestCase("get")]
    [TestCase("delete")]
    public async Task In_a_batch_what_is_not_carried_out_is_said_of_its_entry(string method)
    {
        string json = Bundle(
            "batch", Patient("A", "Muster", "Erika"), Observation("batch " + method, Reference("A")),
            new Sent(null, "Patient/A", "", Place.None, method));
        foreach (string type in (string[])["json", "xml"])
        {
            byte[] body = Encoding.UTF8.GetBytes(json);
            (HttpStatusCode status, JsonNode answer) = await PostAsync(
                type == "xml" && char.IsUpper(method[0]) ? FhirXml.FromJson(body) : body, "application/fhir+" + type);

            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
            Assert.That(Statuses(answer)[2], Is.EqualTo("405"));
            Assert.That(
                answer["entry"]![2]!["response"]!["outcome"]!["issue"]![0]!["diagnostics"]!.GetValue<string>(),
                Does.Contain("POST and PUT"));
            Assert.That(Location(answer["entry"]![1]!), Does.StartWith("Observation/"));
        }
    }

    [TestCase("DELETE")]
    [TestCase("GET")]
    [TestCase("PATCH")]
    public async Task A_transaction_with_what_is_not_carried_out_is_refused_and_nothing_is_kept(string method)
    {
        string mark = "refused " + method;
        string json = Bundle(
            "transaction", Patient("A", "Muster", "Erika"), Observation(mark, Reference("A")),
            new Sent(null, "Patient/A", "", Place.None, method));
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        foreach ((byte[] body, string type) in new[] { (utf8, "json"), (FhirXml.FromJson(utf8), "xml") })
        {
            (HttpStatusCode status, JsonNode answer) = await PostAsync(body, "application/fhir+" + type);

            Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), answer.ToJsonString());
            Assert.That(answer["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
            Assert.That(answer["issue"]![0]!["expression"]![0]!.GetValue<string>(), Is.EqualTo("Bundle.entry[2]"));
        }

        (_, JsonNode found) = await _hub.GetAsync("fhir/Observation?_count=1000");
        (_, JsonNode held) = await _hub.GetAsync("api/inbox?limit=1000");
        Assert.That(found["resourceType"]!.GetValue<string>(), Is.EqualTo("Bundle"));
        Assert.That(found.ToJsonString(), Does.Not.Contain(mark));
        Assert.That(held.ToJsonString(), Does.Not.Contain("not-supported"));
    }

    [TestCase("{\"resourceType\":\"Bogus\"}", "400")]
    [TestCase("{\"id\":\"x\"}", "400")]
    [TestCase("{\"resourceType\":\"Basic\",\"language\":\"\\ud800\"}", "400")]
    [TestCase("{\"resourceType\":\"MedicationOrder\"}", "422")]
    public async Task In_a_batch_one_bad_entry_is_refused_and_the_others_are_taken(string bad, string expected)
    {
        string json = Bundle(
            "batch", new Sent(bad, "Basic", "", Place.None), Patient("A", "Muster", "Erika"),
            Observation("beside " + bad.Length, Reference("A")));
        (HttpStatusCode status, JsonNode answer) = await _hub.SendAsync(HttpMethod.Post, "fhir", json);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(Statuses(answer), Is.EqualTo(new[] { expected, "201", "201" }));
        JsonNode issue = answer["entry"]![0]!["response"]!["outcome"]!["issue"]![0]!;
        Assert.That(issue["severity"]!.GetValue<string>(), Is.EqualTo("error"));
        Assert.That(issue["expression"]![0]!.GetValue<string>(), Is.EqualTo("Bundle.entry[0]"));
    }

    [Test]
    public async Task A_batch_of_nothing_but_bad_entries_is_answered_entry_by_entry()
    {
        (HttpStatusCode status, JsonNode answer) = await _hub.SendAsync(HttpMethod.Post, "fhir", Bundle(
            "batch", new Sent("{\"resourceType\":\"Bogus\"}", "Bogus", "", Place.None),
            new Sent(null, "Patient/A", "", Place.None, "DELETE")));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        Assert.That(Statuses(answer), Is.EqualTo(new[] { "400", "405" }));
    }

    [TestCase("hello", "application/fhir+json")]
    [TestCase("null", "application/fhir+json")]
    [TestCase("[]", "application/fhir+json")]
    [TestCase("hello", "application/json")]
    [TestCase("hello", "application/fhir+xml")]
    [TestCase("hello", "application/xml")]
    [TestCase("hello lines", "application/fhir+ndjson")]
    public async Task What_is_declared_FHIR_and_is_none_is_refused_with_its_place(string body, string type)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(Encoding.UTF8.GetBytes(body), type);

        Assert.That(
            status, Is.EqualTo(type.Contains("ndjson", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.BadRequest),
            answer.ToJsonString());
        Assert.That(answer.ToJsonString(), Does.Contain("line 1").Or.Contain("resource is expected"));
    }

    private async Task IsToldAsync(Sent sent, JsonNode response)
    {
        string? location = response["location"]?.GetValue<string>();
        string told = response.ToJsonString();
        if (sent.Expected != Place.Own)
        {
            Assert.That(location, Is.Null, told);
            Assert.That(response["status"]!.GetValue<string>(), Does.StartWith("202"), told);
            return;
        }

        Assert.That(location, Does.StartWith(sent.Type + "/"), told);
        using HttpRequestMessage request = new(HttpMethod.Get, "fhir/" + location);
        request.Headers.Accept.ParseAdd("application/fhir+json");
        using HttpResponseMessage found = await _hub.Http.SendAsync(request);
        Assert.That(await found.Content.ReadAsStringAsync(), Does.Contain(sent.Mark), told);
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(byte[] body, string type)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new(type);
        using HttpResponseMessage response = await _hub.Http.PostAsync(new Uri("fhir", UriKind.Relative), content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private static string? Location(JsonNode entry) => entry["response"]!["location"]?.GetValue<string>();

    private static string[] Statuses(JsonNode answer) =>
        [.. answer["entry"]!.AsArray().Select(entry => entry!["response"]!["status"]!.GetValue<string>()[..3])];

    private static string Bundle(string type, params IEnumerable<Sent> entries) => $$"""
        {"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries.Select(entry =>
            (entry.Json is null ? "{" : $"{{\"resource\":{entry.Json},")
            + $"\"request\":{{\"method\":\"{entry.Method}\",\"url\":\"{entry.Type}\"}}}}"))}}]}
        """;

    private static Sent Patient(string id, string family, string given) => new(
        Person(id, id, family, given), "Patient", $"\"value\":\"{id}\"", id == "C" ? Place.Held : Place.Own);

    private static Sent Observation(string mark, string subject, string contained = "", Place place = Place.Own) => new(
        $$"""{"resourceType":"Observation",{{contained}}"status":"final","code":{"text":"{{mark}}"},"subject":{{(subject.StartsWith('{') ? subject : $"{{\"reference\":\"{subject}\"}}")}}}""",
        "Observation", $"\"{mark}\"", place);

    private static Sent Binary(string mark)
    {
        string data = Convert.ToBase64String(Encoding.UTF8.GetBytes(mark));
        return new Sent(
            $$"""{"resourceType":"Binary","contentType":"text/plain","securityContext":{"reference":"Patient/A"},"data":"{{data}}"}""",
            "Binary", data, Place.Own);
    }

    private static string Contained(string id, string family, string given) =>
        $"\"contained\":[{Person("p", id, family, given)}],";

    private static string Person(string id, string number, string family, string given) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:north","value":"{{number}}"}],"name":[{"family":"{{family}}","given":["{{given}}"]}],"birthDate":"1964-08-12","gender":"female"}""";

    private static string Reference(string id) => "Patient/" + id;

    private static string Identifier(string id) => $$$"""{"identifier":{"system":"urn:north","value":"{{{id}}}"}}""";

    private enum Place
    {
        None,
        Own,
        Held,
    }

    private sealed record Sent(string? Json, string Type, string Mark, Place Expected, string Method = "POST");
}
