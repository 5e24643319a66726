using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Server.Security;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Security;

internal sealed class AccessGateTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await TestHub.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public void Every_endpoint_says_what_it_asks_of_its_caller()
    {
        RouteEndpoint[] endpoints =
            [.. _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

        Assert.That(endpoints, Has.Length.GreaterThan(60));
        Assert.That(
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AccessRule>() is null)
                .Select(endpoint => endpoint.RoutePattern.RawText),
            Is.Empty);
    }

    [Test]
    public void Only_the_paths_of_the_contract_and_signing_in_answer_without_a_token() => Assert.That(
        _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AccessRule>() is { Permission: null })
            .Select(endpoint => endpoint.RoutePattern.RawText).Distinct(),
        Is.EquivalentTo(new[]
        {
            "/.well-known/smart-configuration", "/fhir/.well-known/smart-configuration",
            "/cases/{case}/fhir/.well-known/smart-configuration", "/auth/token",
            "/fhir/metadata", "/health/live", "/health/ready", "/console/login", "/console/logout", "/console/style.css",
            "/u/{secret}", "/u/page.css", "/u/page.js",
        }));

    [TestCase("fhir/Patient")]
    [TestCase("fhir/Patient/x")]
    [TestCase("dicomweb/studies")]
    [TestCase("cases/1/dicomweb/studies")]
    [TestCase("cases/1/fhir/metadata")]
    [TestCase("metrics")]
    [TestCase("nothing/here")]
    [TestCase("fhir/Patient?access_token=x")]
    public async Task Without_a_token_it_is_401_with_a_challenge_and_an_outcome(string path)
    {
        using HttpResponseMessage response = await _hub.Anonymous.GetAsync(path);
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"));
        Assert.That(body["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
        Assert.That(body["issue"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("login"));
    }

    [Test]
    public async Task A_revoked_token_is_none()
    {
        TokenDesk desk = _hub.Services.GetRequiredService<TokenDesk>();
        NewToken made = await desk.CreateAsync("short-lived", Role.Machine, [], null, default);
        using HttpClient client = _hub.Client(made.Secret);
        using HttpResponseMessage before = await client.GetAsync("fhir/Patient");
        await desk.RevokeAsync(made.Token.Id, null, default);
        using HttpResponseMessage after = await client.GetAsync("fhir/Patient");

        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase(Role.Referrer, "fhir/Patient", HttpStatusCode.Forbidden)]
    [TestCase(Role.Referrer, "dicomweb/studies", HttpStatusCode.Forbidden)]
    [TestCase(Role.Referrer, "api/pipeline", HttpStatusCode.OK)]
    [TestCase(Role.Machine, "fhir/Patient", HttpStatusCode.OK)]
    [TestCase(Role.Machine, "api/inbox", HttpStatusCode.Forbidden)]
    [TestCase(Role.Coordinator, "api/inbox", HttpStatusCode.OK)]
    [TestCase(Role.Coordinator, "api/tokens", HttpStatusCode.Forbidden)]
    [TestCase(Role.Administrator, "api/tokens", HttpStatusCode.OK)]
    public async Task A_role_reaches_what_the_table_says(Role role, string path, HttpStatusCode expected)
    {
        using HttpClient client = await _hub.ClientOfAsync(role);
        using HttpResponseMessage response = await client.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task With_a_token_an_unknown_path_is_404_and_another_method_405_both_as_outcomes()
    {
        (HttpStatusCode unknown, JsonNode first) = await _hub.GetAsync("nothing/here");
        (HttpStatusCode method, JsonNode second) = await _hub.SendAsync(HttpMethod.Put, "fhir/Patient/x", "{}");

        Assert.That(unknown, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(method, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(first["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
        Assert.That(second["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
    }

    [Test]
    public async Task Health_answers_without_a_token()
    {
        Assert.That(await _hub.Anonymous.GetStringAsync("health/live"), Is.EqualTo("alive\n"));
        JsonNode ready = JsonNode.Parse(await _hub.Anonymous.GetStringAsync("health/ready"))!;
        Assert.That(ready["status"]!.GetValue<string>(), Is.EqualTo("ready"), ready.ToJsonString());
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void The_first_token_is_its_owners_alone()
    {
        Assert.That(
            File.GetUnixFileMode(Path.Combine(_hub.Folder, "admin.token")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
}
