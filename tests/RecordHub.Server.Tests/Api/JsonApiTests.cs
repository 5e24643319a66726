using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Api;

internal sealed class JsonApiTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task A_case_can_be_listed_shown_and_asked_what_it_lacks()
    {
        (_, JsonNode list) = await _hub.GetAsync("api/cases");
        (HttpStatusCode shown, JsonNode view) = await _hub.GetAsync($"api/cases/{_case}");
        (HttpStatusCode asked, JsonNode missing) = await _hub.GetAsync($"api/cases/{_case}/missing");
        (HttpStatusCode written, JsonNode letter) = await _hub.GetAsync($"api/cases/{_case}/letter");

        Assert.That(list.AsArray().Select(line => line!["case"]!.GetValue<long>()), Does.Contain(_case.Value));
        Assert.That((shown, asked, written), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(view["family"]!.GetValue<string>(), Is.EqualTo("Muster"));
        Assert.That(missing["findings"]!.AsArray(), Is.Not.Empty);
        Assert.That(letter["letter"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public async Task A_wrong_case_is_refused_with_an_error_and_an_advice()
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, "api/cases", """{"specialty":"astrology"}""", "application/json");

        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(body["error"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(body["advice"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public async Task An_imported_stranger_is_held_assigned_and_taken_back()
    {
        byte[] note = Encoding.UTF8.GetBytes("Patient: Fremd, Person\nBorn: 1950-01-01\n\nDischarge summary: went home well.\n");
        (HttpStatusCode imported, JsonNode lines) = await ImportAsync(_hub.Http, note, "note.txt");
        Assert.That(imported, Is.EqualTo(HttpStatusCode.OK), lines.ToJsonString());
        Assert.That(lines[0]!["outcome"]!.GetValue<string>(), Is.EqualTo("held"));
        string id = lines[0]!["item"]!.GetValue<string>();

        (_, JsonNode inbox) = await _hub.GetAsync("api/inbox");
        Assert.That(inbox.AsArray().Select(item => item!["id"]!.GetValue<string>()), Does.Contain(id));
        Assert.That(await _hub.Http.GetByteArrayAsync($"api/inbox/{id}/content"), Is.EqualTo(note));

        (HttpStatusCode assigned, JsonNode decided) = await _hub.SendAsync(
            HttpMethod.Post, $"api/inbox/{id}/assign", $"{{\"case\":{_case}}}", "application/json");
        Assert.That(assigned, Is.EqualTo(HttpStatusCode.OK), decided.ToJsonString());
        Assert.That(decided["record"]!["state"]!.GetValue<string>(), Is.EqualTo("filed"));

        (HttpStatusCode undone, JsonNode back) = await _hub.SendAsync(
            HttpMethod.Post, $"api/inbox/{id}/undo", "{}", "application/json");
        Assert.That(undone, Is.EqualTo(HttpStatusCode.OK), back.ToJsonString());
        Assert.That(back["record"]!["state"]!.GetValue<string>(), Is.EqualTo("held"));
    }

    [Test]
    public async Task A_sender_hears_the_reason_but_not_what_the_record_says()
    {
        using HttpClient referrer = await _hub.ClientOfAsync(Role.Referrer);
        byte[] note = Encoding.UTF8.GetBytes("Patient: Geheim, Ganz\nBorn: 1950-01-01\n\nOperation note: all went well.\n");
        (_, JsonNode lines) = await ImportAsync(referrer, note, "Geheim.txt");

        Assert.That(lines[0]!["reason"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(lines.ToJsonString(), Does.Not.Contain("Geheim"));
    }

    [Test]
    public async Task The_same_file_again_is_a_duplicate()
    {
        byte[] note = Encoding.UTF8.GetBytes("Patient: Doppelt, Dora\nBorn: 1951-01-01\n\nDischarge summary: twice.\n");
        await ImportAsync(_hub.Http, note, "a.txt");
        (_, JsonNode again) = await ImportAsync(_hub.Http, note, "b.txt");

        Assert.That(again[0]!["outcome"]!.GetValue<string>(), Is.EqualTo("duplicate"));
    }

    [Test]
    public async Task A_package_is_published_shown_served_and_not_published_again()
    {
        CaseNumber number = await _hub.OpenCaseAsync("MRN7", "Paket", "Petra");
        (HttpStatusCode blocked, JsonNode why) = await PublishAsync(number, "{}");
        (HttpStatusCode forced, JsonNode first) = await PublishAsync(number, """{"force":true,"reason":"urgent"}""");
        (_, JsonNode second) = await PublishAsync(number, """{"force":true,"reason":"urgent"}""");
        (_, JsonNode view) = await _hub.GetAsync($"api/cases/{number}");
        using HttpResponseMessage served =
            await _hub.Http.GetAsync($"fhir/ServiceRequest/{view["id"]!.GetValue<string>()}/$package");
        byte[] bundle = await served.Content.ReadAsByteArrayAsync();
        using HttpResponseMessage zip = await _hub.Http.GetAsync($"api/packages/{number}/export");

        Assert.That(blocked, Is.EqualTo(HttpStatusCode.Conflict), why.ToJsonString());
        Assert.That(forced, Is.EqualTo(HttpStatusCode.OK), first.ToJsonString());
        Assert.That(first["created"]!.GetValue<bool>(), Is.True);
        Assert.That(second["created"]!.GetValue<bool>(), Is.False);
        Assert.That(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bundle)),
            Is.EqualTo(first["digest"]!.GetValue<string>()));
        Assert.That((await zip.Content.ReadAsByteArrayAsync())[..2], Is.EqualTo("PK"u8.ToArray()));
    }

    [Test]
    public async Task A_token_is_made_used_and_revoked()
    {
        (HttpStatusCode created, JsonNode token) = await _hub.SendAsync(
            HttpMethod.Post, "api/tokens", """{"name":"viewer","role":"machine"}""", "application/json");
        using HttpClient client = _hub.Client(token["token"]!.GetValue<string>());
        using HttpResponseMessage used = await client.GetAsync("fhir/Patient");
        (HttpStatusCode revoked, _) = await _hub.SendAsync(HttpMethod.Delete, $"api/tokens/{token["id"]!.GetValue<string>()}");
        (_, JsonNode list) = await _hub.GetAsync("api/tokens");

        Assert.That(created, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(used.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(revoked, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(list.ToJsonString(), Does.Not.Contain(token["token"]!.GetValue<string>()));
    }

    [TestCase("{}")]
    [TestCase("""{"name":"x","role":"king"}""")]
    [TestCase("""{"name":"x","role":"0"}""")]
    [TestCase("""{"name":"x","role":"specialist"}""")]
    [TestCase("""{"name":"x","role":"machine","cases":[1]}""")]
    [TestCase("not json")]
    public async Task A_wrong_token_request_is_refused(string body)
    {
        (HttpStatusCode status, _) = await _hub.SendAsync(HttpMethod.Post, "api/tokens", body, "application/json");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private Task<(HttpStatusCode, JsonNode)> PublishAsync(CaseNumber number, string body) =>
        _hub.SendAsync(HttpMethod.Post, $"api/packages/{number}/publish", body, "application/json");

    private static async Task<(HttpStatusCode Status, JsonNode Lines)> ImportAsync(HttpClient client, byte[] bytes, string name)
    {
        using ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage response = await client.PostAsync($"api/import?name={name}", content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
