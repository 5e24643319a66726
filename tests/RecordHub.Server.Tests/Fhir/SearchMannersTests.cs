using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>What R4 search.html promises, asked from outside; four observations of one patient, one of another.</summary>
internal sealed class SearchMannersTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        CaseNumber other = await _hub.OpenCaseAsync("MRN2", "Beispiel", "Anna");
        foreach ((CaseNumber number, string patient, string members) in new[]
        {
            (_case, "MRN1", """
                "code":{"coding":[{"system":"http://loinc.org","code":"a"}]},"effectiveDateTime":"2024-05-17T23:30:00-02:00",
                "valueQuantity":{"value":5.4,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"},
                "identifier":[{"type":{"coding":[{"system":"urn:t","code":"FILL"}]},"system":"urn:lab","value":"L|1"}]
                """),
            (_case, "MRN1", """
                "code":{"coding":[{"system":"http://loinc.org","code":"b,c"}]},"effectiveDateTime":"2024-06",
                "valueQuantity":{"value":120,"unit":"mmHg"},"category":[{"coding":[{"code":"lab"}]}]
                """),
            (_case, "MRN1", """
                "code":{"coding":[{"code":"p$q"}]},"effectivePeriod":{"start":"2025-01-01","end":"2025-01-31"},"valueString":"Größe auffällig"
                """),
            (_case, "MRN1", """
                "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"effectiveDateTime":"2023",
                "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":150,"unit":"mmHg"}},
                             {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":90,"unit":"mmHg"}}]
                """),
            (other, "MRN2", """ "code":{"coding":[{"system":"http://loinc.org","code":"z"}]},"valueQuantity":{"value":5.4} """),
        })
        {
            (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
                HttpMethod.Post, $"cases/{number}/fhir/Observation",
                $$$"""{"resourceType":"Observation","status":"final","subject":{"identifier":{"system":"urn:north","value":"{{{patient}}}"}},{{{members}}}}""");
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
        }
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("code=a", "a")]
    [TestCase(@"code=b\,c", "b,c")]
    [TestCase("code=b,c", "")]
    [TestCase(@"code=p\$q", "p$q")]
    [TestCase(@"identifier=urn:lab|L\|1", "a")]
    [TestCase(@"identifier:of-type=urn:t|FILL|L\|1", "a")]
    [TestCase(@"identifier:of-type=urn:t|PLAC|L\|1", "")]
    [TestCase("code=a,85354-9", "85354-9 a")]
    [TestCase("code=a&code=85354-9", "")]
    [TestCase("code=a&status=final", "a")]
    [TestCase("code:not=a,85354-9", "b,c p$q")]
    [TestCase("category:missing=true", "85354-9 a p$q")]
    [TestCase("category:missing=false", "b,c")]
    [TestCase("value-quantity:missing=true", "85354-9 p$q")]
    [TestCase("subject:identifier=urn:north|MRN1&code=a", "a")]
    [TestCase("value-string=grosse", "p$q")]
    [TestCase("value-string:contains=auffallig", "p$q")]
    [TestCase("value-string:exact=Größe auffällig", "p$q")]
    [TestCase("value-string:exact=größe auffällig", "")]
    [TestCase("value-quantity=5.4", "a")]
    [TestCase("value-quantity=5", "a")]
    [TestCase("value-quantity=5.40|http://unitsofmeasure.org|mg", "a")]
    [TestCase("value-quantity=5.4||kg", "")]
    [TestCase("value-quantity=gt100||mmHg", "b,c")]
    [TestCase("value-quantity=ne5.4", "b,c")]
    [TestCase("combo-value-quantity=ge150", "85354-9")]
    [TestCase("code-value-quantity=http://loinc.org|a$5.4", "a")]
    [TestCase("code-value-quantity=http://loinc.org|a$6,b\\,c$gt100", "b,c")]
    [TestCase("component-code-value-quantity=http://loinc.org|8480-6$gt140", "85354-9")]
    [TestCase("component-code-value-quantity=8462-4$gt140", "")]
    [TestCase("component-code-value-quantity=8462-4$lt140||mmHg", "85354-9")]
    [TestCase("combo-code-value-quantity=a$lt6", "a")]
    [TestCase("code-value-string=p\\$q$große", "p$q")]
    [TestCase("date=2024-05-18", "a")]
    [TestCase("date=2024-05-17", "")]
    [TestCase("date=2024-05-18T01:30:00Z", "a")]
    [TestCase("date=2024-05-18T03:30:00%2B02:00", "a")]
    [TestCase("date=ge2024-06", "b,c p$q")]
    [TestCase("date=lt2024", "85354-9")]
    [TestCase("date=sa2024-06-30", "p$q")]
    [TestCase("date=eb2024-01-01", "85354-9")]
    [TestCase("date=ne2023&date=lt2025", "a b,c")]
    [TestCase("date=ge2024&date=le2024-06-30", "a b,c")]
    [TestCase("_lastUpdated=gt2020", "85354-9 a b,c p$q")]
    [TestCase("_lastUpdated=lt2020", "")]
    [TestCase("_lastUpdated=ge2999-01-01T00:00:00.000Z", "")]
    [TestCase("_id=none,neither", "")]
    [TestCase("subject:Patient.birthdate=1964-08-12&code=a", "a")]
    public async Task Each_question_has_its_answer_by_get_and_by_post(string query, string expected)
    {
        JsonNode got = JsonNode.Parse(await _hub.Http.GetStringAsync($"cases/{_case}/fhir/Observation?{query}"))!;
        using StringContent form = new(query, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await _hub.Http.PostAsync($"cases/{_case}/fhir/Observation/_search?status=final", form);
        JsonNode posted = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(Codes(got), Is.EqualTo(expected), got.ToJsonString());
        Assert.That(Codes(posted), Is.EqualTo(expected), posted.ToJsonString());
        Assert.That(got["total"]!.GetValue<int>(), Is.EqualTo(expected.Length == 0 ? 0 : expected.Split(' ').Length));
        StrictFhir.Check(got.ToJsonString());
    }

    [TestCase("_has:Observation:patient:code=a", 1)]
    [TestCase("_has:Observation:patient:code=z", 0)]
    [TestCase("_has:Observation:patient:value-quantity=gt100", 1)]
    [TestCase("_has:Observation:patient:code=a&_has:Observation:subject:date=lt2024", 1)]
    [TestCase("_has:Observation:patient:code=a&_has:Observation:subject:date=lt2000", 0)]
    [TestCase("_has:Observation:patient:_lastUpdated=gt2000", 1)]
    public async Task Whom_something_is_about_is_asked_within_the_case_only(string query, int expected)
    {
        using HttpClient client = await _hub.ClientOfAsync(Role.Specialist, _case);
        JsonNode found = JsonNode.Parse(await client.GetStringAsync("fhir/Patient?" + query))!;

        Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(expected));
        Assert.That(found["link"]![0]!["url"]!.GetValue<string>(), Does.Contain("_has"));
    }

    [Test]
    public async Task Ids_are_a_list()
    {
        (_, JsonNode all) = await _hub.GetAsync($"cases/{_case}/fhir/Observation");
        string[] ids = [.. all["entry"]!.AsArray().Select(entry => entry!["resource"]!["id"]!.GetValue<string>())];
        (_, JsonNode some) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?_id={ids[0]},{ids[2]},x&_sort=-_lastUpdated");

        Assert.That(some["entry"]!.AsArray().Select(entry => entry!["resource"]!["id"]!.GetValue<string>()), Is.EqualTo(new[] { ids[2], ids[0] }));
    }

    [TestCase("_count=0", 4)]
    [TestCase("_summary=count", 4)]
    [TestCase("_total=none&_count=2", null)]
    [TestCase("_total=accurate&_count=2", 4)]
    public async Task Totals_are_told_as_asked(string query, int? total)
    {
        (_, JsonNode page) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?{query}");

        Assert.That(page["total"]?.GetValue<int>(), Is.EqualTo(total));
        Assert.That(page["entry"]?.AsArray().Count ?? 0, Is.EqualTo(query.Contains("_count=2", StringComparison.Ordinal) ? 2 : 0));
        StrictFhir.Check(page.ToJsonString());
    }

    [Test]
    public async Task Each_is_shown_once_in_the_order_of_a_quantity_over_pages()
    {
        List<string> read = [];
        for (string? next = $"cases/{_case}/fhir/Observation?_sort=-value-quantity&_count=1&_elements=code&_format=json&_pretty=true"; next is not null;)
        {
            (_, JsonNode page) = await _hub.GetAsync(next);
            read.Add(Codes(page));
            next = page["link"]!.AsArray().FirstOrDefault(link => link!["relation"]!.GetValue<string>() == "next")?["url"]!.GetValue<string>();
        }

        Assert.That(read, Is.EqualTo(new[] { "b,c", "a", "p$q", "85354-9" }));
    }

    [TestCase("value-quantty=5")]
    [TestCase("value-quantity=5|mg")]
    [TestCase("_has:Observation:patient:code=x")]
    [TestCase("code-value-concept:not=a$b")]
    [TestCase("_include:itrate=Observation:patient")]
    public async Task What_is_misspelt_is_refused_or_passed_over_and_told(string query)
    {
        (HttpStatusCode status, JsonNode outcome) = await _hub.GetAsync($"cases/{_case}/fhir/Observation?{query}");
        using HttpRequestMessage request = new(HttpMethod.Get, $"cases/{_case}/fhir/Observation?{query}&code=a");
        request.Headers.Add("Prefer", "handling=lenient");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);
        JsonNode page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(outcome["issue"]![0]!["expression"]![0]!.GetValue<string>(), Does.StartWith("http.parameter."));
        Assert.That(page["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(page["entry"]![1]!["search"]!["mode"]!.GetValue<string>(), Is.EqualTo("outcome"));
        Assert.That(page["link"]![0]!["url"]!.GetValue<string>(), Does.EndWith("Observation?code=a"));
    }

    [Test]
    public async Task What_is_offered_is_told_and_is_there()
    {
        (_, JsonNode statement) = await _hub.GetAsync("fhir/metadata");
        foreach (JsonNode? resource in statement["rest"]![0]!["resource"]!.AsArray())
        {
            string type = resource!["type"]!.GetValue<string>();
            foreach (JsonNode? parameter in resource["searchParam"]!.AsArray())
            {
                string value = parameter!["type"]!.GetValue<string>() switch
                {
                    "date" => "2024",
                    "number" or "quantity" => "gt1",
                    "composite" => "a$2024",
                    "reference" => "Patient/1",
                    _ => "x",
                };
                (HttpStatusCode status, JsonNode body) = await _hub.GetAsync($"fhir/{type}?{parameter["name"]}={value}&_count=1");
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{type}?{parameter["name"]} {body.ToJsonString()}");
            }
        }
    }

    private static string Codes(JsonNode page) => string.Join(' ', (page["entry"]?.AsArray() ?? [])
        .Select(entry => entry!["resource"]!["code"]!["coding"]![0]!["code"]!.GetValue<string>()).Order(StringComparer.Ordinal));
}
