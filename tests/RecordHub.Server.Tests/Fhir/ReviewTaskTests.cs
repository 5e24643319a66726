using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Samples;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>Tasks of the inbox for those who decide, nothing of it for others, and what a sender hears at once.</summary>
internal sealed class ReviewTaskTests
{
    private const string Stranger = "Strangefall";

    private TestHub _hub = null!;
    private CaseNumber _case;
    private HttpResponseMessage _answer = null!;
    private string _told = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        using HttpClient referrer = await _hub.ClientOfAsync(Role.Referrer);
        using StringContent bundle = new(Bundle(Stranger, "1930-02-03"), Encoding.UTF8);
        bundle.Headers.ContentType = MediaTypeHeaderValue.Parse("application/fhir+json");
        _answer = await referrer.PostAsync($"fhir?case={_case}", bundle);
        _told = await _answer.Content.ReadAsStringAsync();
        for (int i = 1; i <= 3; i++)
        {
            using StringContent other = new(Bundle($"Niemandfall{(char)('a' + i)}", $"1950-02-0{i}"), Encoding.UTF8);
            other.Headers.ContentType = MediaTypeHeaderValue.Parse("application/fhir+json");
            using HttpResponseMessage held = await _hub.Http.PostAsync("fhir", other);
            Assert.That(held.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _answer.Dispose();
        await _hub.DisposeAsync();
    }

    [Test]
    public void The_sender_of_somebody_elses_record_hears_at_once_and_no_name()
    {
        Assert.That(_answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), _told);
        Assert.That(_told, Does.Contain($"was sent for case {_case}, but it names somebody else").And.Contain("\"conflict\""));
        Assert.That(_told, Does.Not.Contain(Stranger).And.Not.Contain("Muster"));
    }

    [Test]
    public async Task A_coordinator_finds_the_tasks_with_their_evidence_page_by_page()
    {
        using HttpClient coordinator = await _hub.ClientOfAsync(Role.Coordinator);
        JsonNode first = await JsonAsync(coordinator, "fhir/Task?code=identity-review&_count=3");
        string next = first["link"]!.AsArray().Single(link => link!["relation"]!.GetValue<string>() == "next")!["url"]!.GetValue<string>();
        JsonNode second = await JsonAsync(coordinator, next);
        JsonNode task = first["entry"]![0]!["resource"]!;
        JsonNode read = await JsonAsync(coordinator, $"fhir/Task/{task["id"]!.GetValue<string>()}");

        StrictFhir.Check(first.ToJsonString());
        Assert.That(first["total"]!.GetValue<int>(), Is.GreaterThanOrEqualTo(4));
        Assert.That(first["entry"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(second["entry"]!.AsArray(), Is.Not.Empty);
        Assert.That(task["businessStatus"]!["text"]!.GetValue<string>(), Is.EqualTo("patient-disagrees"));
        Assert.That(task["input"]!.ToJsonString(), Does.Contain("match-grade").And.Contain("certainly-not").And.Contain("the sender named case"));
        Assert.That(task["for"]!["display"]!.GetValue<string>(), Does.Contain(Stranger));
        Assert.That(read["id"]!.GetValue<string>(), Is.EqualTo(task["id"]!.GetValue<string>()));
    }

    [Test]
    public async Task A_site_is_told_by_a_task_and_by_its_own_alerts()
    {
        using HttpClient coordinator = await _hub.ClientOfAsync(Role.Coordinator);
        using HttpClient referrer = await _hub.ClientOfAsync(Role.Referrer);
        using HttpClient stranger = _hub.Client((await _hub.SendAsync(
            HttpMethod.Post, "api/tokens", """{"name":"another","role":"referrer"}""", "application/json")).Body["token"]!.GetValue<string>());
        JsonNode tasks = await JsonAsync(coordinator, "fhir/Task?code=sender-alert");
        JsonNode own = await JsonAsync(referrer, "api/alerts");
        JsonNode others = await JsonAsync(stranger, "api/alerts");

        StrictFhir.Check(tasks.ToJsonString());
        Assert.That(tasks["total"]!.GetValue<int>(), Is.Positive);
        Assert.That(tasks["entry"]![0]!["resource"]!["owner"]!["display"]!.GetValue<string>(), Is.EqualTo("test"));
        Assert.That(own.AsArray().Single()!["case"]!.GetValue<long>(), Is.EqualTo(_case.Value));
        Assert.That(own.ToJsonString(), Does.Not.Contain(Stranger));
        Assert.That(others.AsArray(), Is.Empty);
    }

    [TestCase(Role.Machine)]
    [TestCase(Role.Specialist)]
    public async Task Nobody_else_finds_anything_of_what_is_held(Role role)
    {
        using HttpClient client = await _hub.ClientOfAsync(role, role == Role.Specialist ? [_case] : []);
        using HttpClient coordinator = await _hub.ClientOfAsync(Role.Coordinator);
        JsonNode tasks = await JsonAsync(coordinator, "fhir/Task?code=identity-review");
        string id = tasks["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
        string[] paths =
        [
            "fhir/Task?code=identity-review", "fhir/Task?code=sender-alert", "fhir/Task", $"cases/{_case}/fhir/Task?code=identity-review",
            "fhir/Observation", "fhir?_type=Patient,Observation,DocumentReference,Provenance,Communication", "fhir/Patient",
        ];
        foreach (string path in paths)
        {
            Assert.That(await client.GetStringAsync(new Uri(path, UriKind.Relative)), Does.Not.Contain(Stranger).And.Not.Contain("inbox-"), path);
        }

        foreach (string path in new[] { $"fhir/Task/{id}", "api/inbox", "api/inbox/groups", $"api/inbox/{id["inbox-".Length..]}", "console" })
        {
            using HttpResponseMessage refused = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That((int)refused.StatusCode, Is.AnyOf(302, 401, 403, 404), path);
        }
    }

    [Test]
    public async Task Nothing_of_what_is_held_is_in_a_package()
    {
        await _hub.SendAsync(HttpMethod.Post, $"api/packages/{_case}/publish", """{"force":true,"reason":"urgent"}""", "application/json");
        (_, JsonNode view) = await _hub.GetAsync($"api/cases/{_case}");
        string package = await _hub.Http.GetStringAsync($"fhir/ServiceRequest/{view["id"]!.GetValue<string>()}/$package");

        Assert.That(package, Does.Not.Contain(Stranger).And.Not.Contain("1930-02-03"));
    }

    [Test]
    public async Task The_sender_of_an_image_hears_it_in_a_header_and_no_name()
    {
        ReadOnlyMemory<byte> image = SampleCase.Generate(1).Files.First(file => file.MediaType == "application/dicom").Content;
        using ReadOnlyMemoryContent content = new(image);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
        using HttpResponseMessage answer = await _hub.Http.PostAsync($"cases/{_case}/dicomweb/studies", content);
        string warning = answer.Headers.GetValues("Warning").Single();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(warning, Does.StartWith("299 recordhub \"1 of the instances").And.Contain("names somebody else"));
        Assert.That(warning, Does.Not.Contain("Musterfall"));
    }

    [Test]
    public async Task A_search_that_is_not_understood_says_so()
    {
        (HttpStatusCode status, JsonNode outcome) = await _hub.GetAsync("fhir/Task?code=identity-review&status=requested");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(outcome["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
    }

    private static async Task<JsonNode> JsonAsync(HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute)))!;

    private static string Bundle(string family, string birthDate) =>
        $$$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"fullUrl":"urn:uuid:0193a1b2-c3d4-7000-8000-000000000001","request":{"method":"POST","url":"Patient"},
            "resource":{"resourceType":"Patient","birthDate":"{{{birthDate}}}","gender":"male","name":[{"family":"{{{family}}}","given":["Otto"]}] } },
          {"fullUrl":"urn:uuid:0193a1b2-c3d4-7000-8000-000000000002","request":{"method":"POST","url":"Observation"},
            "resource":{"resourceType":"Observation","status":"final","code":{"text":"Potassium"},
              "subject":{"reference":"urn:uuid:0193a1b2-c3d4-7000-8000-000000000001"} } } ] }
        """;
}
