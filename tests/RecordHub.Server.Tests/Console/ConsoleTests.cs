using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Console;

internal sealed class ConsoleTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        await _hub.OpenCaseAsync("MRN1", "<script>alert(1)</script>", "\"><img src=x>");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task Without_signing_in_the_page_leads_to_the_sign_in()
    {
        using HttpResponseMessage response = await _hub.Anonymous.GetAsync("console");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(response.Headers.Location!.ToString(), Is.EqualTo("/console/login"));
    }

    [Test]
    public async Task A_wrong_token_signs_nobody_in()
    {
        using FormUrlEncodedContent form = new([new("token", "rh_wrong")]);
        using HttpResponseMessage response = await _hub.Anonymous.PostAsync("console/login", form);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task After_signing_in_the_page_shows_the_case_and_nothing_in_it_is_markup()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "console");
        request.Headers.Add("Cookie", (await SignInAsync()).Split(';')[0]);
        using HttpResponseMessage response = await _hub.Anonymous.SendAsync(request);
        string page = await response.Content.ReadAsStringAsync();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain("&lt;script&gt;alert(1)").And.Not.Contain("<script").And.Not.Contain("<img"));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
    }

    [Test]
    public async Task The_cookie_is_for_pages_alone()
    {
        string cookie = await SignInAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "api/cases");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using HttpResponseMessage response = await _hub.Anonymous.SendAsync(request);

        Assert.That(cookie.ToLowerInvariant(), Does.Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/console"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_form_of_another_site_is_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "console/cases/1/publish")
        {
            Content = new StringContent("reason=x", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("Cookie", (await SignInAsync()).Split(';')[0]);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using HttpResponseMessage response = await _hub.Anonymous.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task An_empty_inbox_says_so_and_a_group_is_looked_at_assigned_and_taken_back_by_clicks()
    {
        string cookie = (await SignInAsync()).Split(';')[0];
        string empty = await PageAsync(cookie, HttpMethod.Get, "console");
        using ByteArrayContent note = new(Encoding.UTF8.GetBytes("A letter that names nobody."));
        note.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage imported = await _hub.Http.PostAsync("api/import?name=letter.txt", note);
        string page = await PageAsync(cookie, HttpMethod.Get, "console");
        string what = Regex.Match(page, "name=\"what\" value=\"([^\"]+)\"").Groups[1].Value;

        string foreseen = await PageAsync(cookie, HttpMethod.Post, "console/inbox/preview", ("what", what), ("case", "1"));
        string assigned = await PageAsync(cookie, HttpMethod.Post, "console/inbox/assign", ("what", what), ("case", "1"));
        string back = await PageAsync(cookie, HttpMethod.Post, "console/inbox/undo", ("what", what));
        string rejected = await PageAsync(cookie, HttpMethod.Post, "console/inbox/reject", ("what", what), ("reason", "a form letter"));

        Assert.That(empty, Does.Contain("Nothing waits for a person."));
        Assert.That(foreseen, Does.Contain("would file 1 record").And.Contain("Nothing is changed yet"));
        Assert.That(assigned, Does.Contain("Assigned to case 1.").And.Contain("Take it back").And.Contain("Nothing waits"));
        Assert.That(back, Does.Contain("Taken back.").And.Contain("One record waits"));
        Assert.That(rejected, Does.Contain("Rejected.").And.Contain("Nothing waits"));
    }

    private async Task<string> PageAsync(string cookie, HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Add("Cookie", cookie);
        request.Content = fields.Length == 0
            ? null : new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using HttpResponseMessage response = await _hub.Anonymous.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> SignInAsync()
    {
        string token = (await File.ReadAllTextAsync(Path.Combine(_hub.Folder, "admin.token"))).Trim();
        using FormUrlEncodedContent form = new([new("token", token)]);
        using HttpResponseMessage response = await _hub.Anonymous.PostAsync("console/login", form);
        return response.Headers.GetValues("Set-Cookie").Single();
    }
}
