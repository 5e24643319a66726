using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Tests.Telemetry;

namespace RecordHub.Server.Tests.Uploads;

/// <summary>Making and ending upload links, and what is shown to whom.</summary>
[CancelAfter(120_000)]
internal sealed class UploadLinkTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    private UploadRig _rig = null!;

    [OneTimeSetUp]
    public async Task Start() => _rig = await UploadRig.StartAsync(
        options => options with { PublicUrl = new Uri("https://records.example.org/hub/") });

    [OneTimeTearDown]
    public async Task Stop() => await _rig.DisposeAsync();

    [Test]
    public async Task A_new_case_comes_with_a_link_under_the_public_address_that_is_shown_once()
    {
        const string Asked = """
            {"specialty":"oncology","family":"Probe","given":"Runa","birthDate":"1970-01-02","question":"Surgery?"}
            """;
        (HttpStatusCode status, JsonNode made) = await _rig.Hub.SendAsync(HttpMethod.Post, "api/cases", Asked, "application/json");
        string link = made["uploadLink"]!.GetValue<string>();
        string secret = link.Split('/')[^1];
        (_, JsonNode listed) = await _rig.Hub.GetAsync($"api/cases/{made["case"]}/upload-links");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(link, Does.Match("^https://records\\.example\\.org/hub/u/[A-Za-z0-9_-]{43}$"));
        Assert.That(listed.AsArray(), Has.Count.EqualTo(1));
        Assert.That(listed.ToJsonString(), Does.Not.Contain(secret).And.Contain("\"state\":\"open\""));
        foreach (string file in Directory.EnumerateFiles(_rig.Hub.Folder, "*", SearchOption.AllDirectories))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, Encoding.Latin1);
            Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain(secret), file);
        }
    }

    [Test]
    public async Task The_page_tells_no_name_has_no_inline_script_and_is_kept_nowhere()
    {
        (_, string path) = await _rig.LinkAsync("{\"label\":\"clinic North\"}");
        using HttpResponseMessage english = await _rig.BrowseAsync(HttpMethod.Get, path);
        using HttpResponseMessage german = await _rig.BrowseAsync(HttpMethod.Get, path, language: "de-DE,de;q=0.9,en;q=0.8");
        string page = await english.Content.ReadAsStringAsync();
        string seite = await german.Content.ReadAsStringAsync();

        Assert.That(english.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain("lang=\"en\"").And.Contain("Send medical records").And.Contain($"For case {_rig.Case}"));
        Assert.That(seite, Does.Contain("lang=\"de\"").And.Contain("Medizinische Unterlagen senden"));
        Assert.That(page, Does.Not.Contain("Muster").And.Not.Contain("Erika").And.Not.Contain("1964").And.Not.Contain("clinic North"));
        Assert.That(page, Does.Not.Contain(path.Split('/')[1]).And.Not.Match("<script>").And.Not.Contain("style=").And.Not.Contain("onclick"));
        AssertHeaders(english);
        foreach (string part in new[] { "u/page.css", "u/page.js" })
        {
            using HttpResponseMessage asset = await _rig.Hub.Anonymous.GetAsync(part);
            Assert.That(asset.StatusCode, Is.EqualTo(HttpStatusCode.OK), part);
        }
    }

    [Test]
    public async Task Whatever_the_reason_a_link_that_takes_nothing_is_the_same_page()
    {
        await using UploadRig rig = await UploadRig.StartAsync(time: _time);
        CaseNumber closed = await rig.Hub.OpenCaseAsync("MRN2", "Probe");
        CaseNumber purged = await rig.Hub.OpenCaseAsync("MRN3", "Sonstwer");
        (string id, string revoked) = await rig.LinkAsync();
        (_, string expired) = await rig.LinkAsync("{\"days\":1}");
        (_, string ofClosed) = await rig.LinkAsync("{\"days\":9}", closed);
        (_, string ofPurged) = await rig.LinkAsync("{\"days\":9}", purged);
        using HttpResponseMessage deleted = await rig.Hub.Http.DeleteAsync($"api/cases/{rig.Case}/upload-links/{id}");
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await MoveAsync(rig, closed, "cancel");
        await MoveAsync(rig, closed, "reopen");
        await MoveAsync(rig, purged, "cancel");
        (HttpStatusCode status, JsonNode certificate) = await rig.Hub.SendAsync(
            HttpMethod.Post, $"api/cases/{purged}/purge", $"{{\"reason\":\"asked for\",\"confirm\":{purged}}}", "application/json");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), certificate.ToJsonString());
        Assert.That(certificate["removed"]!["upload links"]!.GetValue<int>(), Is.EqualTo(2), certificate.ToJsonString());
        _time.Advance(TimeSpan.FromDays(2));

        List<string> pages = [];
        foreach (string path in new[] { revoked, expired, ofClosed, ofPurged, "u/" + new string('A', 43), "u/short" })
        {
            using HttpResponseMessage shown = await rig.BrowseAsync(HttpMethod.Get, path);
            using HttpResponseMessage sent = await rig.BrowseAsync(HttpMethod.Post, path, UploadRig.Form(("a.txt", "A letter."u8.ToArray())));
            Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            AssertHeaders(shown);
            pages.Add(await shown.Content.ReadAsStringAsync());
            pages.Add(await sent.Content.ReadAsStringAsync());
        }

        Assert.That(pages.Distinct().Count(), Is.EqualTo(1));
        Assert.That(pages[0], Does.Contain("Ask who gave you the link"));
        (HttpStatusCode refused, JsonNode why) = await rig.Hub.SendAsync(
            HttpMethod.Post, $"api/cases/{purged}/upload-links", "{}", "application/json");
        Assert.That(refused, Is.EqualTo(HttpStatusCode.UnprocessableEntity), why.ToJsonString());
    }

    [TestCase("{\"days\":0}", "from 1 to 365")]
    [TestCase("{\"days\":366}", "from 1 to 365")]
    [TestCase("{\"label\":\"for Mrs. Muster\"}", "names the patient")]
    [TestCase("{\"label\":\"for MRN1\"}", "names the patient")]
    public async Task A_wrong_wish_is_refused_with_what_to_do(string body, string says)
    {
        (HttpStatusCode status, JsonNode answer) = await _rig.Hub.SendAsync(
            HttpMethod.Post, $"api/cases/{_rig.Case}/upload-links", body, "application/json");

        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.ToJsonString(), Does.Contain(says).And.Contain("advice"));
    }

    [TestCase(Role.Specialist)]
    [TestCase(Role.Referrer)]
    [TestCase(Role.Machine)]
    public async Task Who_may_not_manage_cases_makes_and_sees_no_links(Role role)
    {
        using HttpClient client = await _rig.Hub.ClientOfAsync(role, role == Role.Specialist ? [_rig.Case] : []);
        using StringContent empty = new("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage made = await client.PostAsync($"api/cases/{_rig.Case}/upload-links", empty);
        using HttpResponseMessage listed = await client.GetAsync($"api/cases/{_rig.Case}/upload-links");

        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(listed.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Another_tenants_links_are_none_of_a_coordinators()
    {
        (string id, string path) = await _rig.LinkAsync();
        using HttpClient client = await _rig.Hub.ClientOfAsync(Role.Coordinator, Tenant.Parse("other"));
        using HttpResponseMessage listed = await client.GetAsync($"api/cases/{_rig.Case}/upload-links");
        using HttpResponseMessage revoked = await client.DeleteAsync($"api/cases/{_rig.Case}/upload-links/{id}");
        using HttpResponseMessage page = await _rig.BrowseAsync(HttpMethod.Get, path);

        Assert.That(listed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Spans_hold_the_route_and_not_the_secret()
    {
        using SpanLog log = new();
        (_, string path) = await _rig.LinkAsync();
        string secret = path.Split('/')[1];
        await _rig.SendAsync(path, ("a.txt", Encoding.UTF8.GetBytes($"A letter {Guid.NewGuid()}.")));
        using HttpResponseMessage metrics = await _rig.Hub.Http.GetAsync("metrics");

        Assert.That(() => log.Spans.Select(span => span.DisplayName), Has.Some.EqualTo("POST /u/{secret}").After(5000, 20));
        Assert.That(
            log.Spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Append(span.DisplayName)),
            Has.None.Contains(secret));
        Assert.That(await metrics.Content.ReadAsStringAsync(), Does.Contain("upload").And.Not.Contain(secret));
    }

    private static async Task MoveAsync(UploadRig rig, CaseNumber number, string move)
    {
        (HttpStatusCode status, JsonNode body) = await rig.Hub.SendAsync(
            HttpMethod.Post, $"api/cases/{number}/{move}", "{\"reason\":\"asked for\"}", "application/json");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
    }

    private static void AssertHeaders(HttpResponseMessage response)
    {
        Assert.That(response.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(response.Headers.GetValues("X-Robots-Tag").Single(), Does.Contain("noindex"));
        Assert.That(
            response.Headers.GetValues("Content-Security-Policy").Single(),
            Does.StartWith("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
    }
}
