using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Security;

/// <summary>Two tenants with the same patient, studies and documents; whatever alpha asks, nothing of beta is in the answer.</summary>
[CancelAfter(180_000)]
internal sealed partial class TenantIsolationTests
{
    private TestHub _hub = null!;
    private TenantOffice _alpha = null!;
    private TenantOffice _beta = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _alpha = await TenantOffice.OpenAsync(_hub, Tenant.Parse("alpha"), "ALPHAMARK");
        _beta = await TenantOffice.OpenAsync(_hub, Tenant.Parse("beta"), "BETAMARK");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _alpha.Dispose();
        _beta.Dispose();
        await _hub.DisposeAsync();
    }

    [Test]
    public void The_same_patient_is_two_people_with_records_of_their_own() => Assert.That(
        _alpha.Resources.Select(one => one.Id).Intersect(_beta.Resources.Select(one => one.Id)), Is.Empty);

    [Test]
    public async Task Each_finds_its_own_records_alone()
    {
        foreach (TenantOffice office in new[] { _alpha, _beta })
        {
            JsonNode instances = await office.JsonAsync($"dicomweb/studies/{TenantOffice.Study}/instances");
            JsonNode patients = await office.JsonAsync("fhir/Patient?identifier=urn:north|MRN1");
            JsonNode cases = await office.JsonAsync("api/cases");

            Assert.That(instances.AsArray(), Has.Count.EqualTo(2));
            Assert.That(patients["total"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(cases.AsArray().Single()!["case"]!.GetValue<long>(), Is.EqualTo(office.Case));
            Assert.That(await office.TextAsync("api/inbox"), Does.Not.Contain("conflict"));
        }
    }

    [Test]
    public async Task An_administrator_of_no_tenant_sees_both()
    {
        (_, JsonNode cases) = await _hub.GetAsync("api/cases");
        (_, JsonNode patients) = await _hub.GetAsync("fhir/Patient?identifier=urn:north|MRN1");
        (_, JsonNode inbox) = await _hub.GetAsync("api/inbox");

        Assert.That(
            cases.AsArray().Select(one => one!["tenant"]!.GetValue<string>()), Is.EqualTo(new[] { "alpha", "beta" }));
        Assert.That(patients["total"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(inbox.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    [Order(99)]
    public async Task No_route_answers_anything_of_another_tenant_and_none_changes_it(CancellationToken token)
    {
        string before = await StateOfBetaAsync();
        int asked = 0;
        foreach (RouteEndpoint endpoint in _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                foreach (string path in PathsOf(endpoint.RoutePattern.RawText!))
                {
                    await AskAsync(method, path, token);
                    asked++;
                }
            }
        }

        Assert.That(asked, Is.GreaterThan(500));
        Assert.That(await StateOfBetaAsync(), Is.EqualTo(before));
    }

    [TestCase("fhir/Patient?_count=1&_sort=_id")]
    [TestCase("fhir/Observation?_count=0&code:text=BETAMARK")]
    [TestCase("fhir?_type=Provenance,DocumentReference,Task&_count=500")]
    [TestCase("dicomweb/instances?StudyDescription=*BETA*&includefield=all")]
    [TestCase("dicomweb/studies?PatientID=MRN1&fuzzymatching=true&PatientName=muster")]
    public async Task No_search_finds_anything_of_another_tenant(string path)
    {
        using HttpResponseMessage response = await _alpha.Http.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();

        Assert.That(_beta.Marks.Where(text.Replace(path, string.Empty, StringComparison.Ordinal).Contains).Except(["BETAMARK"]), Is.Empty);
    }

    [Test]
    public async Task A_page_link_of_another_tenant_leads_to_ones_own_records()
    {
        JsonNode page = await _beta.JsonAsync("fhir/DocumentReference?_count=1");
        string next = page["link"]!.AsArray().Single(link => link!["relation"]!.GetValue<string>() == "next")!["url"]!
            .GetValue<string>();
        using HttpResponseMessage response = await _alpha.Http.GetAsync(next);
        JsonNode bundle = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        IEnumerable<string> ids = bundle["entry"] is JsonArray entries
            ? entries.Select(entry => entry!["resource"]!["id"]!.GetValue<string>()) : [];
        Assert.That(ids.Intersect(_beta.Marks), Is.Empty);
    }

    [TestCase("api/import?name=x.txt&case={0}")]
    [TestCase("fhir/Binary?case={0}")]
    [TestCase("cases/{0}/fhir/Binary")]
    public async Task Sending_to_a_case_of_another_tenant_is_sending_to_no_case(string path)
    {
        using HttpResponseMessage theirs = await SendAsync(path, _beta.Case);
        using HttpResponseMessage nobodys = await SendAsync(path, 999);

        Assert.That(theirs.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            AsOfCase(await theirs.Content.ReadAsStringAsync(), _beta.Case),
            Is.EqualTo(AsOfCase(await nobodys.Content.ReadAsStringAsync(), 999)));

        async Task<HttpResponseMessage> SendAsync(string to, long number)
        {
            using StringContent content = new("text", Encoding.UTF8, "text/plain");
            return await _alpha.Http.PostAsync(string.Format(null, to, number), content);
        }
    }

    [TestCase("api/cases", """{"specialty":"oncology","family":"A","given":"B","birthDate":"1970-01-01","question":"?","tenant":"beta"}""")]
    [TestCase("api/tokens", """{"name":"spy","role":"administrator","tenant":"beta"}""")]
    public async Task Nothing_is_made_for_another_tenant(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _alpha.Http.PostAsync(path, content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_token_made_by_a_tenants_administrator_is_that_tenants()
    {
        JsonNode made = await _alpha.PostAsync(
            "api/tokens", new StringContent("""{"name":"second","role":"administrator"}"""), "application/json");
        using HttpClient second = _hub.Client(made["token"]!.GetValue<string>());

        Assert.That(made["tenant"]!.GetValue<string>(), Is.EqualTo("alpha"));
        Assert.That(await second.GetStringAsync("api/cases"), Does.Not.Contain("beta"));
    }

    [Test]
    public async Task Not_even_who_sees_both_can_put_a_record_into_another_tenants_case()
    {
        (HttpStatusCode status, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"api/inbox/{_beta.Held[0]}/assign", $$"""{"case":{{_alpha.Case}}}""", "application/json");

        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(body.ToJsonString(), Does.Contain($"no case {_alpha.Case}"));
    }

    // An answer of a failure names the request's own id: it is taken out before looking.
    private async Task AskAsync(string method, string path, CancellationToken token)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Add("Cookie", $"recordhub={_alpha.Http.DefaultRequestHeaders.Authorization!.Parameter}");
        if (method is "POST" or "PUT" or "PATCH")
        {
            bool isForm = path.Contains("console/") || path.EndsWith("_search");
            request.Content = isForm
                ? new StringContent(
                    path.EndsWith("_search") ? "_count=100" : $"case={_alpha.Case}&reason=because", Encoding.UTF8,
                    "application/x-www-form-urlencoded")
                : new StringContent(
                    $$"""{"case":{{_alpha.Case}},"reason":"because","force":true}""", Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _alpha.Http.SendAsync(request, token);
        string text = Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(token)) + response.Headers;
        foreach (string asked in _beta.Marks.Where(path.Contains))
        {
            text = response.IsSuccessStatusCode
                ? text.Replace($"There is no record {asked}", string.Empty, StringComparison.Ordinal)
                : text.Replace(asked, string.Empty, StringComparison.Ordinal);
        }

        Assert.That(
            _beta.Marks.Where(text.Contains), Is.Empty, $"{method} {path} answered {(int)response.StatusCode}");
    }

    /// <summary>The route with every value that beta has, and some of alpha's, in every place.</summary>
    private IEnumerable<string> PathsOf(string pattern)
    {
        IEnumerable<string> paths = [pattern.TrimStart('/')];
        if (pattern.Contains("{type}/{id}"))
        {
            // Alpha's resources too: their answers must hold nothing of beta's.
            paths = _beta.Resources.Concat(_alpha.Resources).Select(one => pattern.TrimStart('/')
                .Replace("{type}/{id}", $"{one.Type}/{one.Id}", StringComparison.Ordinal));
        }

        while (paths.FirstOrDefault(path => Parameter().IsMatch(path)) is { } open)
        {
            Match parameter = Parameter().Match(open);
            string name = parameter.Groups[1].Value;
            string[] values = ValuesOf(name);
            Assert.That(values, Is.Not.Empty, $"a route has the new parameter {name}: say here what values it takes");
            paths = [.. paths.SelectMany(path => values.Select(
                value => path.Replace(parameter.Value, value, StringComparison.Ordinal))).Distinct()];
        }

        return paths;
    }

    private string[] ValuesOf(string name) => name switch
    {
        "case" => [$"{_alpha.Case}", $"{_beta.Case}"],
        "type" => [.. _beta.Resources.Select(one => one.Type).Append("Binary").Distinct()],
        "id" =>
        [
            .. _beta.Resources.Where(one => one.Type is "Patient" or "ServiceRequest" or "Observation").Select(one => one.Id),
            .. _alpha.Resources.Where(one => one.Type is "Patient" or "ServiceRequest").Select(one => one.Id),
            .. _beta.Held, .. _beta.Tokens, .. _beta.UploadLinks,
        ],
        "secret" => ["none", new string('A', 43)],
        "version" or "frames" => ["1"],
        "study" => [TenantOffice.Study],
        "series" => [TenantOffice.Series],
        "instance" => [$"{TenantOffice.Study}.1", $"{TenantOffice.Study}.2"],
        "element" => ["7FE00010"],
        _ => [],
    };

    // How long ago the last image came changes by itself.
    private async Task<string> StateOfBetaAsync() => Ago().Replace(
        string.Join(
            '\n', await _beta.TextAsync("api/inbox"), await _beta.TextAsync("api/tokens"),
            await _beta.TextAsync($"api/cases/{_beta.Case}"), await _beta.TextAsync($"api/packages/{_beta.Case}/versions"),
            await _beta.TextAsync("dicomweb/instances"), await _beta.TextAsync($"api/cases/{_beta.Case}/upload-links")),
        "a while ago");

    // The ids of requests differ.
    private static string AsOfCase(string text, long number) =>
        RequestId().Replace(text, "x").Replace($"case {number}", "case N", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\*{0,2}(\w+)(?::\w+)?\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\d+ (second|minute)s? ago")]
    private static partial Regex Ago();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex RequestId();
}
