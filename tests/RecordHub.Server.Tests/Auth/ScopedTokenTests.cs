using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Auth;

/// <summary>A token sees the types of its scopes and no other, by whichever way.</summary>
internal sealed class ScopedTokenTests
{
    private TestHub _hub = null!;
    private SmartClient _client = null!;
    private CaseNumber _case;
    private CaseNumber _other;
    private string _patient = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _client = new SmartClient();
        await _client.RegisterAsync(_hub, "system/*.cruds");
        _case = await _hub.OpenCaseAsync("MRN1");
        _other = await _hub.OpenCaseAsync("MRN2", "Beispiel", "Anna");
        foreach ((CaseNumber number, string id) in new[] { (_case, "MRN1"), (_other, "MRN2") })
        {
            (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(HttpMethod.Post, $"cases/{number}/fhir/Observation", Observation(id));
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
        }

        (_, JsonNode found) = await _hub.GetAsync($"cases/{_case}/fhir/Patient");
        _patient = found["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _hub.DisposeAsync();
    }

    [TestCase("fhir/Observation", HttpStatusCode.OK)]
    [TestCase("fhir/Patient", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Patient/{patient}", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Patient/{patient}/_history", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Patient/{patient}/_history/1", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Patient/{patient}/$everything", HttpStatusCode.Forbidden)]
    [TestCase("cases/{case}/fhir/Patient/{patient}", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Binary/x", HttpStatusCode.Forbidden)]
    [TestCase("fhir/ServiceRequest/x/$package", HttpStatusCode.Forbidden)]
    [TestCase("dicomweb/studies", HttpStatusCode.Forbidden)]
    [TestCase("dicomweb/studies/1.2.3", HttpStatusCode.Forbidden)]
    [TestCase("cases/{case}/dicomweb/studies", HttpStatusCode.Forbidden)]
    [TestCase("api/cases", HttpStatusCode.Forbidden)]
    [TestCase("api/pipeline", HttpStatusCode.Forbidden)]
    [TestCase("metrics", HttpStatusCode.Forbidden)]
    [TestCase("nothing/here", HttpStatusCode.NotFound)]
    public async Task Another_type_is_refused_by_every_way_that_names_it(string path, HttpStatusCode expected)
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.rs");
        using HttpResponseMessage response = await client.GetAsync(Of(path));

        Assert.That(response.StatusCode, Is.EqualTo(expected));
        if (expected == HttpStatusCode.Forbidden && path is not ("api/cases" or "metrics"))
        {
            // Those two are not the role's either.
            Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.Contain("insufficient_scope"));
        }
    }

    [Test]
    public async Task The_console_takes_no_token_with_scopes()
    {
        (HttpResponseMessage response, JsonNode body) = await SmartClient.AskAsync(
            _hub, _client.Assertion(SmartClient.UrlOf(_hub)), "system/*.crs");
        string token = body["access_token"]!.GetValue<string>();
        response.Dispose();
        using HttpRequestMessage page = new(HttpMethod.Get, "console");
        page.Headers.Add("Cookie", $"recordhub={token}");
        using HttpResponseMessage answer = await _hub.Anonymous.SendAsync(page);

        Assert.That(answer.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("fhir/Observation?_include=Observation:subject")]
    [TestCase("fhir/Observation?_include=Observation:subject:Patient")]
    [TestCase("fhir/?_type=Observation,Patient")]
    [TestCase("fhir/?_type=Observation,Patient,Provenance&_revinclude=Provenance:target")]
    [TestCase("fhir/Observation?_revinclude=Provenance:target")]
    public async Task Nothing_of_another_type_comes_along(string path)
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.rs");
        JsonNode narrow = JsonNode.Parse(await client.GetStringAsync(path))!;
        (_, JsonNode wide) = await _hub.GetAsync(path);

        Assert.That(TypesOf(wide), Is.SupersetOf(new[] { "Observation" }).And.Not.EqualTo(new[] { "Observation" }));
        Assert.That(TypesOf(narrow), Is.EqualTo(new[] { "Observation" }));
        Assert.That(narrow["total"]!.GetValue<int>(), Is.EqualTo(2));
    }

    [TestCase("system/Patient.rs", 0)]
    [TestCase("system/Patient.rs system/Observation.r", 0)]
    [TestCase("system/Patient.rs system/Observation.s", 2)]
    public async Task Nothing_is_found_by_what_refers_to_it_and_may_not_be_searched(string scope, int found)
    {
        using HttpClient client = await _client.SignInAsync(_hub, scope);
        JsonNode patients = JsonNode.Parse(await client.GetStringAsync("fhir/Patient?_has:Observation:subject:status=final"))!;

        Assert.That(patients["total"]!.GetValue<int>(), Is.EqualTo(found));
    }

    [Test]
    public async Task Each_read_of_a_batch_asks_of_the_scopes_what_it_would_alone()
    {
        (string Url, string Status)[] reads =
        [
            ("Patient", "200"), ($"Patient/{_patient}", "403"), ("Observation", "403"), ("Patient?_revinclude=Observation:subject", "200"),
            ($"Patient/{_patient}/$everything", "200"), ($"DocumentReference/$docref?patient={_patient}", "403"),
            ("Binary/x", "403"), ($"Patient/{_patient}/_history", "403"), ("?_type=Patient,Observation", "200"),
        ];
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.r system/Patient.s");
        using HttpResponseMessage response = await client.PostAsync("fhir", Batch(reads.Select(read => $$$"""{"request":{"method":"GET","url":"{{{read.Url}}}"}}""")));
        JsonArray entries = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["entry"]!.AsArray();

        Assert.That(
            entries.Select(entry => entry!["response"]!["status"]!.GetValue<string>()[..3]), Is.EqualTo(reads.Select(read => read.Status)));
        Assert.That(
            entries.Where(entry => entry!["resource"]?["resourceType"]!.GetValue<string>() == "Bundle").SelectMany(entry => TypesOf(entry!["resource"]!)),
            Is.All.EqualTo("Patient"));
    }

    [Test]
    public async Task A_batch_that_also_sends_is_refused_whole_without_that_scope()
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/*.rs");
        using HttpResponseMessage response = await client.PostAsync("fhir", Batch(
        [
            """{"request":{"method":"GET","url":"Patient"}}""",
            $$"""{"request":{"method":"POST","url":"Observation"},"resource":{{Observation("MRN1")}}}""",
        ]));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.Contain("insufficient_scope"));
    }

    [Test]
    public async Task What_both_scopes_allow_comes_along()
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.rs system/Patient.rs");
        JsonNode found = JsonNode.Parse(await client.GetStringAsync("fhir/Observation?_include=Observation:subject&patient.identifier=MRN1"))!;

        Assert.That(TypesOf(found), Is.EqualTo(new[] { "Observation", "Patient" }));
        Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [TestCase("system/Observation.rs")]
    [TestCase("system/Observation.rs system/Patient.r")]
    public async Task A_chain_asks_nothing_out_of_a_type_that_is_not_open_to_searches(string scope)
    {
        using HttpClient client = await _client.SignInAsync(_hub, scope);
        JsonNode found = JsonNode.Parse(await client.GetStringAsync("fhir/Observation?patient.identifier=MRN1"))!;
        JsonNode other = JsonNode.Parse(await client.GetStringAsync("fhir/Observation?subject:Patient.birthdate=ge1900"))!;

        Assert.That(found["total"]!.GetValue<int>(), Is.Zero);
        Assert.That(other["total"]!.GetValue<int>(), Is.Zero);
    }

    [Test]
    public async Task Reading_and_searching_are_two_things()
    {
        using HttpClient reading = await _client.SignInAsync(_hub, "system/Patient.r");
        using HttpClient searching = await _client.SignInAsync(_hub, "system/Patient.s");
        using HttpResponseMessage read = await reading.GetAsync($"fhir/Patient/{_patient}");
        using HttpResponseMessage noSearch = await reading.GetAsync("fhir/Patient");
        using HttpResponseMessage noRead = await searching.GetAsync($"fhir/Patient/{_patient}");
        using HttpResponseMessage search = await searching.GetAsync("fhir/Patient");

        Assert.That(
            new[] { read.StatusCode, noSearch.StatusCode, noRead.StatusCode, search.StatusCode },
            Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK }));
    }

    [Test]
    public async Task Everything_of_a_patient_is_what_the_scopes_have()
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Patient.s system/Observation.s");
        JsonNode found = JsonNode.Parse(await client.GetStringAsync($"fhir/Patient/{_patient}/$everything"))!;

        Assert.That(TypesOf(found), Is.EqualTo(new[] { "Observation", "Patient" }));
    }

    [Test]
    public async Task A_case_that_is_asked_for_is_the_only_one()
    {
        using HttpClient client = await _client.SignInAsync(_hub, $"system/*.rs?_tag=case|{_case}");
        JsonNode found = JsonNode.Parse(await client.GetStringAsync("fhir/Observation?_include=Observation:subject"))!;
        using HttpResponseMessage mine = await client.GetAsync($"cases/{_case}/fhir/Observation");
        JsonNode others = JsonNode.Parse(await client.GetStringAsync($"cases/{_other}/fhir/Observation"))!;

        Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(found.ToJsonString(), Does.Contain("MRN1").And.Not.Contain("MRN2"));
        Assert.That(mine.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(others["total"]!.GetValue<int>(), Is.Zero);
    }

    [Test]
    public async Task A_registered_case_is_kept_whatever_is_asked_for()
    {
        using SmartClient narrow = new();
        (_, JsonNode registered) = await narrow.RegisterAsync(_hub, $"system/*.cruds?_tag=case%7C{_case}");
        using HttpClient client = await narrow.SignInAsync(_hub, "system/*.*");
        JsonNode found = JsonNode.Parse(await client.GetStringAsync("fhir/Observation"))!;

        Assert.That(registered["scope"]!.GetValue<string>(), Is.EqualTo($"system/*.rs?_tag=case|{_case}"));
        Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [TestCase("fhir/Observation", "Observation", HttpStatusCode.Created)]
    [TestCase("fhir/Observation", "Condition", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Condition", "Condition", HttpStatusCode.Forbidden)]
    [TestCase("fhir", "Observation", HttpStatusCode.OK)]
    [TestCase("fhir", "Condition", HttpStatusCode.Forbidden)]
    [TestCase("fhir/Observation", "Bundle", HttpStatusCode.Forbidden)]
    public async Task Sending_in_is_for_the_types_of_the_scopes(string path, string type, HttpStatusCode expected)
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.c");
        string resource = Observation("MRN2").Replace(
            "\"Observation\"", type == "Bundle" ? "\"Condition\"" : $"\"{type}\"", StringComparison.Ordinal).Replace("\"x\"", $"\"{path} {type}\"", StringComparison.Ordinal);
        string body = path == "fhir" || type == "Bundle"
            ? $$$"""{"resourceType":"Bundle","type":"batch","entry":[{"resource":{{{resource}}},"request":{"method":"POST","url":"x"}}]}""" : resource;
        using StringContent content = new(body, Encoding.UTF8, "application/fhir+json");
        using HttpResponseMessage response = await client.PostAsync($"cases/{_other}/{path}", content);
        using HttpResponseMessage read = await client.GetAsync("fhir/Observation");

        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("valueQuantity"));
    }

    [TestCase("{\"\\u0072\\u0065\\u0073\\u006f\\u0075\\u0072\\u0063\\u0065\\u0054\\u0079\\u0070\\u0065\":\"Condition\"}", "application/fhir+json")]
    [TestCase("{\"resourceType\":\"Observation\",\"resourceType\":\"Condition\"}", "application/fhir+json")]
    [TestCase("{\"resourceType\":\"Observation\"}\n{\"resourceType\":\"Condition\"}", "application/fhir+ndjson")]
    [TestCase("{\"id\":\"a\"}", "application/fhir+json")]
    [TestCase("<Condition xmlns=\"http://hl7.org/fhir\"/>", "application/fhir+xml")]
    public async Task A_type_that_is_hidden_in_a_body_is_refused(string body, string mediaType)
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.c");
        using StringContent content = new(body, Encoding.UTF8, mediaType);
        using HttpResponseMessage response = await client.PostAsync("fhir/Observation", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Sending_images_needs_the_type_of_imaging_studies()
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/Observation.c system/ImagingStudy.rs");
        using ByteArrayContent content = new([1]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/related; type=\"application/dicom\"; boundary=x");
        using HttpResponseMessage sent = await client.PostAsync("dicomweb/studies", content);
        using HttpResponseMessage found = await client.GetAsync("dicomweb/studies");

        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(found.IsSuccessStatusCode, Is.True);
    }

    private string Of(string path) => path.Replace("{patient}", _patient, StringComparison.Ordinal)
        .Replace("{case}", _case.ToString(), StringComparison.Ordinal);

    private static string[] TypesOf(JsonNode bundle) =>
    [
        .. bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!["resourceType"]!.GetValue<string>())
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static string Observation(string id) =>
        $$$$"""
        {"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1},
         "subject":{"identifier":{"system":"urn:north","value":"{{{{id}}}}"}}}
        """;

    private static StringContent Batch(IEnumerable<string> entries) => new(
        $$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', entries)}}]}""", Encoding.UTF8, "application/fhir+json");
}
