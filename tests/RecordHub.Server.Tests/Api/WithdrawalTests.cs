using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Fhir;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Api;

/// <summary>Filed to the wrong case, published, read, taken back and published again: all of it from outside.</summary>
internal sealed class WithdrawalTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await TestHub.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task What_is_taken_back_is_gone_from_the_next_version_and_its_readers_are_listed_and_told()
    {
        CaseNumber number = await _hub.OpenCaseAsync("MRN1");
        string request = await RequestOfAsync(number);
        string held = await ImportAsync("Fremdfall", "1930-02-03", "GEHEIMBEFUND");
        using HttpClient viewer = await _hub.ClientOfAsync(Role.Machine);
        using HttpClient idle = await _hub.ClientOfAsync(Role.Machine);
        Assert.That(await TextAsync(viewer, "fhir/Observation"), Does.Not.Contain("GEHEIMBEFUND"), "held");

        await DecideAsync(held, "assign", $"{{\"case\":{number}}}");
        await PublishAsync(number);
        byte[] first = await viewer.GetByteArrayAsync($"fhir/ServiceRequest/{request}/$package");
        string found = await TextAsync(viewer, "fhir/Observation");
        JsonNode undone = await DecideAsync(held, "undo", "{}");
        JsonNode second = await PublishAsync(number);
        byte[] latest = await viewer.GetByteArrayAsync($"fhir/ServiceRequest/{request}/$package");
        byte[] again = await viewer.GetByteArrayAsync($"fhir/ServiceRequest/{request}/$package?version=1");
        JsonNode notices = JsonNode.Parse(await TextAsync(viewer, "fhir/Communication?category=withdrawn"))!;
        (_, JsonNode readers) = await _hub.GetAsync($"api/packages/{number}/readers");

        Assert.That(Text(first), Does.Contain("GEHEIMBEFUND"));
        Assert.That(found, Does.Contain("GEHEIMBEFUND"));
        JsonNode withdrawn = undone["withdrawn"]!;
        Assert.That(withdrawn["versions"]!.AsArray().Select(one => one!.GetValue<int>()), Is.EqualTo(new[] { 1 }));
        Assert.That(
            withdrawn["readers"]!.AsArray().Select(one => $"{one!["name"]} {one["role"]} {one["kind"]}").Distinct(),
            Is.EquivalentTo(new[] { "test machine package", "test machine records" }));
        Assert.That(second["version"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(Text(latest), Does.Not.Contain("GEHEIMBEFUND").And.Not.Contain("Fremdfall"));
        Assert.That(Text(latest), Does.Contain("Removed"), "the changes say that something left");
        Assert.That(SHA256.HashData(again), Is.EqualTo(SHA256.HashData(first)), "a sealed version stays what it was");
        Assert.That(notices["total"]!.GetValue<int>(), Is.EqualTo(1), notices.ToJsonString());
        StrictFhir.Check(notices.ToJsonString());
        Assert.That(notices.ToJsonString(), Does.Contain("Do not rely on that version").And.Not.Contain("Fremdfall"));
        Assert.That(
            readers.AsArray().Where(one => one!["version"]!.GetValue<int>() == 1).Select(one => one!["withdrawnAt"]),
            Is.Not.Empty.And.All.Not.Null);
        Assert.That(await TextAsync(viewer, "fhir/Observation"), Does.Not.Contain("GEHEIMBEFUND"), "held again");
    }

    [Test]
    public async Task What_was_never_published_is_taken_back_without_a_notice()
    {
        CaseNumber number = await _hub.OpenCaseAsync("MRN2", "Andere", "Anna");
        string held = await ImportAsync("Nochfremder", "1931-02-03", "UNVEROEFFENTLICHT");
        await DecideAsync(held, "assign", $"{{\"case\":{number}}}");

        JsonNode undone = await DecideAsync(held, "undo", "{}");

        Assert.That(undone["record"]!["state"]!.GetValue<string>(), Is.EqualTo("held"));
        Assert.That(undone["withdrawn"], Is.Null);
    }

    [Test]
    public async Task Groups_preview_and_paging_are_there_for_a_coordinator_and_for_nobody_else()
    {
        CaseNumber number = await _hub.OpenCaseAsync("MRN3", "Gruppenfall", "Grete");
        string first = await ImportAsync("Gruppenfall", "1964-08-12", "ERSTER", "Greta", number);
        await ImportAsync("Gruppenfall", "1964-08-12", "ZWEITER", "Greta", number);

        (_, JsonNode page) = await _hub.GetAsync("api/inbox/groups?count=1");
        (_, JsonNode next) = await _hub.GetAsync("api/inbox/groups?count=200");
        JsonNode group = next["groups"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == first)!;
        (_, JsonNode shown) = await _hub.GetAsync($"api/inbox/{first}");
        (_, JsonNode moved) = await _hub.GetAsync($"api/inbox/{first}/preview?case={number}&of=patient");
        (HttpStatusCode wrong, _) = await _hub.GetAsync($"api/inbox/{first}/preview?case={number}&of=everything");
        using HttpClient viewer = await _hub.ClientOfAsync(Role.Machine);
        using HttpResponseMessage refused = await viewer.GetAsync("api/inbox/groups");

        Assert.That(page["groups"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(group["count"]!.GetValue<int>(), Is.EqualTo(2));
        JsonNode match = group["matches"]!.AsArray().Single()!;
        Assert.That(match["case"]!.GetValue<long>(), Is.EqualTo(number.Value));
        Assert.That(match["vetoes"]!.ToJsonString(), Is.EqualTo("[\"twin\"]"));
        Assert.That(shown["matches"]!.ToJsonString(), Is.EqualTo(group["matches"]!.ToJsonString()));
        Assert.That(moved.AsArray().Select(one => one!["because"]!.GetValue<string>()), Is.EqualTo(new[] { "chosen", "same-patient" }));
        Assert.That(wrong, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<string> ImportAsync(
        string family, string birthDate, string content, string given = "Fritz", CaseNumber number = default)
    {
        using ByteArrayContent body = new(Encoding.UTF8.GetBytes(
            $$$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","birthDate":"{{{birthDate}}}","gender":"female",
                "name":[{"family":"{{{family}}}","given":["{{{given}}}"]}] } },
              {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Observation","status":"final","code":{"text":"{{{content}}}"},
                "subject":{"reference":"urn:uuid:1"} } } ] }
            """));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        string to = number.IsNone ? string.Empty : $"&case={number}";
        using HttpResponseMessage response = await _hub.Http.PostAsync($"api/import?name=bundle.json{to}", body);
        JsonNode lines = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That(lines[0]!["outcome"]!.GetValue<string>(), Is.EqualTo("held"), lines.ToJsonString());
        return lines[0]!["item"]!.GetValue<string>();
    }

    private async Task<JsonNode> DecideAsync(string id, string verb, string body)
    {
        (HttpStatusCode status, JsonNode answer) =
            await _hub.SendAsync(HttpMethod.Post, $"api/inbox/{id}/{verb}", body, "application/json");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        return answer;
    }

    private async Task<JsonNode> PublishAsync(CaseNumber number)
    {
        (HttpStatusCode status, JsonNode answer) = await _hub.SendAsync(
            HttpMethod.Post, $"api/packages/{number}/publish", """{"force":true,"reason":"urgent"}""", "application/json");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        return answer;
    }

    private async Task<string> RequestOfAsync(CaseNumber number) =>
        (await _hub.GetAsync($"api/cases/{number}")).Body["id"]!.GetValue<string>();

    private static Task<string> TextAsync(HttpClient client, string path) => client.GetStringAsync(new Uri(path, UriKind.Relative));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
