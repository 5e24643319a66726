using System.Net;
using System.Text;
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

    private async Task<string> SignInAsync()
    {
        string token = (await File.ReadAllTextAsync(Path.Combine(_hub.Folder, "admin.token"))).Trim();
        using FormUrlEncodedContent form = new([new("token", token)]);
        using HttpResponseMessage response = await _hub.Anonymous.PostAsync("console/login", form);
        return response.Headers.GetValues("Set-Cookie").Single();
    }
}
