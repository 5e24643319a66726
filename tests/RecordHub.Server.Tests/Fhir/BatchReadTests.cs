using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;
using RecordHub.Server.Fhir;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>A front end asks for all that a page shows in one batch.</summary>
internal sealed class BatchReadTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;
    private CaseNumber _other;
    private string _mine = null!;
    private string _others = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        _other = await _hub.OpenCaseAsync("MRN2", "Beispiel", "Anna");
        _mine = await AddAsync(_case, "MRN1", "mine");
        _others = await AddAsync(_other, "MRN2", "others");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task Reads_are_answered_in_their_order_as_each_would_be_alone([Values("json", "xml")] string format)
    {
        using HttpClient client = await _hub.ClientOfAsync(Role.Specialist, _case);
        JsonNode answer = await PostAsync(
            client, "fhir", format,
            Get($"Observation/{_mine}"), Get("Observation?code=mine&_summary=count"), Get($"Observation/{_others}"), Get("Observation?code=others"),
            Get($"/Observation/{_mine}/_history"), Get($"Observation/{_mine}/_history/1"), Get("Observation?cde=x"), Get("Bogus/1"), Get("?_type=Patient"),
            Get("Observation?code=mine&_format=xml&_pretty=true"), Head($"Observation/{_mine}"), Get("Observation/$lastn"), Get("http://other/fhir/Patient/1"),
            Get($"{Root(client)}fhir/Observation/{_mine}?_elements=status"), """{"request":{"method":"GET"}}""", """{"request":{"method":"DELETE","url":"Observation/1"}}""");

        Assert.That(Statuses(answer), Is.EqualTo(new[]
        {
            "200", "200", "404", "200", "200", "200", "400", "404", "200", "200", "200", "404", "400", "200", "400", "405",
        }));
        JsonArray entries = answer["entry"]!.AsArray();
        Assert.That(answer["type"]!.GetValue<string>(), Is.EqualTo("batch-response"));
        Assert.That(entries[0]!["resource"]!["id"]!.GetValue<string>(), Is.EqualTo(_mine));
        Assert.That(entries[0]!["response"]!["etag"]!.GetValue<string>(), Is.EqualTo("W/\"1\""));
        Assert.That(entries[0]!["response"]!["lastModified"], Is.Not.Null);
        Assert.That(entries[0]!["fullUrl"]!.GetValue<string>(), Does.EndWith($"/fhir/Observation/{_mine}"));
        Assert.That(entries[1]!["resource"]!["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(entries[3]!["resource"]!["total"]!.GetValue<int>(), Is.Zero);
        Assert.That(entries[8]!["resource"]!["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(entries[10]!["resource"], Is.Null);
        Assert.That(entries[13]!["resource"]!["meta"]!["tag"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("SUBSETTED"));
        foreach (JsonNode? entry in entries.Where(entry => entry!["response"]!["status"]!.GetValue<string>()[0] == '4'))
        {
            JsonNode issue = entry!["response"]!["outcome"]!["issue"]![0]!;
            Assert.That(issue["diagnostics"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(issue["expression"], Is.Not.Null);
        }

        StrictFhir.Check(answer.ToJsonString());
    }

    [Test]
    public async Task Nothing_of_a_batch_that_reads_is_kept()
    {
        using HttpClient client = await _hub.ClientOfAsync(Role.Specialist, _case);
        await PostAsync(client, "fhir", "json", Get("Patient?name=unheard-of"));

        (_, JsonNode held) = await _hub.GetAsync("api/inbox?limit=1000");
        Assert.That(held.ToJsonString(), Does.Not.Contain("FHIR bundle"));
        Assert.That(Directory.GetFiles(_hub.Folder, "*", SearchOption.AllDirectories).Where(IsContent).Any(Holds), Is.False);

        // The others are locks.
        static bool IsContent(string file) => Path.GetExtension(file) is not (".held" or ".lock");

        static bool Holds(string file)
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, Encoding.Latin1);
            return reader.ReadToEnd().Contains("unheard-of", StringComparison.Ordinal);
        }
    }

    [Test]
    public async Task Conditions_of_reads_count()
    {
        JsonNode answer = await PostAsync(
            _hub.Http, $"cases/{_case}/fhir", "json",
            Get($"Observation/{_mine}", "\"ifNoneMatch\":\"W/\\\"1\\\"\""), Get($"Observation/{_mine}", "\"ifNoneMatch\":\"W/\\\"2\\\"\""),
            Get($"Observation/{_mine}", "\"ifModifiedSince\":\"2999-01-01T00:00:00Z\""), Get($"Observation/{_mine}", "\"ifModifiedSince\":\"2000-01-01T00:00:00Z\""),
            Get($"Observation/{_mine}", "\"ifModifiedSince\":\"then\""), Get($"Observation/{_others}"));

        Assert.That(Statuses(answer), Is.EqualTo(new[] { "304", "200", "304", "200", "400", "404" }));
        Assert.That(answer["entry"]![0]!["resource"], Is.Null);
    }

    [Test]
    public async Task What_is_sent_is_taken_before_anything_is_read()
    {
        JsonNode answer = await PostAsync(
            _hub.Http, $"cases/{_case}/fhir", "json", Get("Observation?code=mixed"),
            $$$"""{"resource":{{{Observation("MRN1", "mixed")}}},"request":{"method":"POST","url":"Observation"}}""", Get($"Observation/{_mine}"));

        Assert.That(Statuses(answer), Is.EqualTo(new[] { "200", "201", "200" }));
        Assert.That(answer["entry"]![0]!["resource"]!["total"]!.GetValue<int>(), Is.EqualTo(1));

        // What is read is no part of the record: nothing of it is missing there.
        Assert.That(answer["entry"]![1]!["response"]!["outcome"]?.ToJsonString() ?? string.Empty, Does.Not.Contain("not carried out"));
    }

    [Test]
    public async Task Each_role_does_in_a_batch_what_it_may_do_alone()
    {
        string post = $$$"""{"resource":{{{Observation("MRN1", "by role")}}},"request":{"method":"POST","url":"Observation"}}""";
        using HttpClient referrer = await _hub.ClientOfAsync(Role.Referrer);
        using HttpClient specialist = await _hub.ClientOfAsync(Role.Specialist, _case);

        Assert.That(Statuses(await PostAsync(referrer, "fhir", "json", Get($"Observation/{_mine}"))), Is.EqualTo(new[] { "403" }));
        Assert.That(Statuses(await PostAsync(referrer, "fhir", "json", post, Get($"Observation/{_mine}"))), Is.EqualTo(new[] { "201", "403" }));
        foreach (string[] entries in (string[][])[[post], [post, Get($"Observation/{_mine}")]])
        {
            using HttpResponseMessage refused = await specialist.PostAsync("fhir", Body("json", entries));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        using HttpResponseMessage unknown = await _hub.Anonymous.PostAsync("fhir", Body("json", Get("Patient")));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_batch_reads_so_often_and_no_more()
    {
        JsonNode answer = await PostAsync(
            _hub.Http, "fhir", "json", [.. Enumerable.Repeat(Get($"Observation/{_mine}?_elements=status"), BatchReads.Most + 1)]);

        Assert.That(Statuses(answer).Take(BatchReads.Most), Is.All.EqualTo("200"));
        Assert.That(Statuses(answer)[^1], Is.EqualTo("413"));
    }

    [Test]
    public async Task A_transaction_does_not_read()
    {
        using StringContent body = new($$"""{"resourceType":"Bundle","type":"transaction","entry":[{{Get("Patient")}}]}""", Encoding.UTF8, "application/fhir+json");
        using HttpResponseMessage response = await _hub.Http.PostAsync("fhir", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("in a batch"));
    }

    private async Task<string> AddAsync(CaseNumber number, string id, string code)
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(HttpMethod.Post, $"cases/{number}/fhir/Observation", Observation(id, code));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
        return body["id"]!.GetValue<string>();
    }

    private static string Observation(string id, string code) => $$$$"""
        {"resourceType":"Observation","status":"final","code":{"coding":[{"code":"{{{{code}}}}"}]},
         "subject":{"identifier":{"system":"urn:north","value":"{{{{id}}}}"}}}
        """;

    private static string Get(string url, string? condition = null) =>
        $$$"""{"request":{"method":"GET","url":"{{{url}}}"{{{(condition is null ? string.Empty : "," + condition)}}}}}""";

    private static string Head(string url) => $$$"""{"request":{"method":"HEAD","url":"{{{url}}}"}}""";

    private static Uri Root(HttpClient client) => client.BaseAddress!;

    private static ByteArrayContent Body(string format, params string[] entries)
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', entries)}}]}""");
        ByteArrayContent content = new(format == "xml" ? FhirXml.FromJson(json) : json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+" + format);
        return content;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, string format, params string[] entries)
    {
        using HttpResponseMessage response = await client.PostAsync(path, Body(format, entries));
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    private static string[] Statuses(JsonNode answer) =>
        [.. answer["entry"]!.AsArray().Select(entry => entry!["response"]!["status"]!.GetValue<string>()[..3])];
}
