using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary><c>Patient/$match</c> from outside.</summary>
internal sealed class PatientMatchTests
{
    private const string Grade = "http://hl7.org/fhir/StructureDefinition/match-grade";
    private const string Evidence = "urn:recordhub:StructureDefinition:match-evidence";
    private const string Uncommon = "\"name\":[{\"family\":\"Müsterfall\",\"given\":[\"Synthia\"]}]";

    private TestHub _hub = null!;
    private CaseNumber _rare;
    private CaseNumber _twin;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _rare = await _hub.OpenCaseAsync("MRN1", "Musterfall", "Synthia");
        _twin = await _hub.OpenCaseAsync("MRN2", "Musterfall", "Exempla");
        await _hub.OpenCaseAsync("MRN3", "Smith", "Mary");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task A_patient_is_certain_and_the_twin_is_not()
    {
        JsonNode bundle = await MatchAsync($$"""{{{Uncommon}},"birthDate":"1964-08-12","gender":"female"}""");

        JsonArray entries = bundle["entry"]!.AsArray();
        Assert.That(bundle["type"]!.GetValue<string>(), Is.EqualTo("searchset"));
        Assert.That(entries.Select(GradeOf), Is.EqualTo(new[] { "certain", "possible" }), bundle.ToJsonString());
        Assert.That(entries[0]!["search"]!["mode"]!.GetValue<string>(), Is.EqualTo("match"));
        Assert.That(entries[0]!["search"]!["score"]!.GetValue<double>(), Is.GreaterThan(0.999).And.LessThanOrEqualTo(1));
        Assert.That(EvidenceOf(entries[1]!), Does.Contain("\"veto\",\"valueCode\":\"twin\"").And.Contain("exempla"));
    }

    [Test]
    public async Task Only_certain_matches_are_answered_when_no_others_are_wanted()
    {
        JsonNode bundle = await MatchAsync(
            $$"""{{{Uncommon}},"birthDate":"1964-08-12","gender":"female"}""", """,{"name":"onlyCertainMatches","valueBoolean":true}""");

        Assert.That(bundle["entry"]!.AsArray().Select(GradeOf), Is.EqualTo(new[] { "certain" }));
    }

    [Test]
    public async Task A_count_keeps_the_best()
    {
        JsonNode bundle = await MatchAsync(
            $$"""{{{Uncommon}},"birthDate":"1964-08-12","gender":"female"}""", """,{"name":"count","valueInteger":1}""");

        Assert.That(bundle["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(bundle["entry"]!.AsArray().Select(GradeOf), Is.EqualTo(new[] { "certain" }));
    }

    [TestCase("""{"name":[{"family":"Synthia","given":["Musterfall"]}],"birthDate":"1964-08-12"}""")]
    [TestCase("""{"name":[{"family":"Musterfall","given":["Synthia"]}],"birthDate":"1964-12-08"}""")]
    [TestCase("""{"name":[{"family":"Musterfall","given":["Synthia"]}],"birthDate":"1965-08-12"}""")]
    [TestCase("""{"name":[{"family":"Mustrefall","given":["Synthia"]}],"birthDate":"1964-08-12"}""")]
    [TestCase("""{"name":[{"family":"Musterfall","given":["Synthia"]}]}""")]
    [TestCase("""{"identifier":[{"system":"urn:north","value":"MRN1"}]}""")]
    public async Task Who_is_written_otherwise_is_found_but_not_certain(string patient)
    {
        JsonNode bundle = await MatchAsync(patient);

        Assert.That(GradeOf(bundle["entry"]![0]), Is.EqualTo("probable"), bundle.ToJsonString());
        Assert.That(bundle["entry"]![0]!["resource"]!.ToJsonString(), Does.Contain("Synthia"));
    }

    [Test]
    public async Task A_common_name_is_probable_at_most() => Assert.That(
        GradeOf((await MatchAsync("""{"name":[{"family":"SMITH","given":["MARY"]}],"birthDate":"1964-08-12","gender":"female"}"""))
            ["entry"]![0]),
        Is.EqualTo("probable"));

    [Test]
    public async Task A_stranger_is_nobody()
    {
        JsonNode bundle = await MatchAsync("""{"name":[{"family":"Andersfall","given":["Ignotus"]}],"birthDate":"1930-02-03"}""");

        Assert.That(bundle["total"]!.GetValue<int>(), Is.Zero);
        Assert.That(bundle["entry"], Is.Null);
    }

    [Test]
    public async Task A_patient_whom_the_token_may_not_see_is_nobody()
    {
        using HttpClient client = await _hub.ClientOfAsync(Role.Specialist, _twin);
        using StringContent body = Body($$"""{{{Uncommon}},"birthDate":"1964-08-12","gender":"female"}""", string.Empty);

        using HttpResponseMessage answer = await client.PostAsync(new Uri("fhir/Patient/$match", UriKind.Relative), body);
        JsonNode bundle = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(bundle["entry"]!.AsArray().Select(GradeOf), Is.EqualTo(new[] { "possible" }));
    }

    [Test]
    public async Task Within_a_case_only_its_patient_is_looked_at()
    {
        (_, JsonNode bundle) = await _hub.SendAsync(
            HttpMethod.Post, $"cases/{_rare}/fhir/Patient/$match",
            Text($$"""{{{Uncommon}},"birthDate":"1964-08-12","gender":"female"}""", string.Empty));

        Assert.That(bundle["total"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [TestCase("""{"resourceType":"Parameters"}""")]
    [TestCase("""{"resourceType":"Patient"}""")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"Patient"}}]}""")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"Group"}}]}""")]
    [TestCase("""{"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":0}]}""")]
    [TestCase("[")]
    public async Task What_asks_for_nobody_is_refused(string body)
    {
        (HttpStatusCode status, JsonNode outcome) = await _hub.SendAsync(HttpMethod.Post, "fhir/Patient/$match", body);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(outcome["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
    }

    private async Task<JsonNode> MatchAsync(string patient, string more = "")
    {
        (HttpStatusCode status, JsonNode bundle) =
            await _hub.SendAsync(HttpMethod.Post, "fhir/Patient/$match", Text(patient, more));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), bundle.ToJsonString());
        return bundle;
    }

    private static StringContent Body(string patient, string more) =>
        new(Text(patient, more), Encoding.UTF8, "application/fhir+json");

    private static string Text(string patient, string more) =>
        $$"""{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"Patient",{{patient[1..]}}}{{more}}]}""";

    private static string GradeOf(JsonNode? entry) => Extension(entry!, Grade)["valueCode"]!.GetValue<string>();

    private static string EvidenceOf(JsonNode entry) => Extension(entry, Evidence).ToJsonString().Replace("\"url\":", string.Empty, StringComparison.Ordinal);

    private static JsonNode Extension(JsonNode entry, string url) =>
        entry["search"]!["extension"]!.AsArray().Single(one => one!["url"]!.GetValue<string>() == url)!;
}
