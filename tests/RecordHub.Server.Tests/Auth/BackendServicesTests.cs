using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access.Clients;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Auth;

/// <summary>Access tokens for signed assertions, and everything that is no such assertion.</summary>
internal sealed class BackendServicesTests
{
    private TestHub _hub = null!;
    private SmartClient _client = null!;
    private string _url = null!;

    [SetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _client = new SmartClient();
        _url = SmartClient.UrlOf(_hub);
        (HttpStatusCode status, JsonNode body) = await _client.RegisterAsync(_hub, "system/*.rs");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToJsonString());
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _hub.DisposeAsync();
    }

    [TestCase(".well-known/smart-configuration")]
    [TestCase("fhir/.well-known/smart-configuration")]
    [TestCase("cases/7/fhir/.well-known/smart-configuration")]
    public async Task It_is_described_to_everybody(string path)
    {
        using HttpResponseMessage response = await _hub.Anonymous.GetAsync(path);
        JsonNode told = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(told["token_endpoint"]!.GetValue<string>(), Is.EqualTo(_url));
        Assert.That(told["grant_types_supported"]!.ToJsonString(), Is.EqualTo("[\"client_credentials\"]"));
        Assert.That(told["token_endpoint_auth_methods_supported"]!.ToJsonString(), Is.EqualTo("[\"private_key_jwt\"]"));
        Assert.That(told["token_endpoint_auth_signing_alg_values_supported"]!.ToJsonString(), Is.EqualTo("[\"RS384\",\"ES384\"]"));
        Assert.That(told["capabilities"]!.ToJsonString(), Does.Contain("client-confidential-asymmetric").And.Contain("permission-v2"));
        Assert.That(
            told["scopes_supported"]!.AsArray().All(scope => ResourceScope.TryParse(scope!.GetValue<string>(), out _)), Is.True);
    }

    [Test]
    public async Task The_capability_statement_names_the_token_endpoint()
    {
        JsonNode security = JsonNode.Parse(await _hub.Anonymous.GetStringAsync("fhir/metadata"))!["rest"]![0]!["security"]!;

        Assert.That(security["service"]![0]!["coding"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("SMART-on-FHIR"));
        Assert.That(security["extension"]![0]!["extension"]![0]!["valueUri"]!.GetValue<string>(), Is.EqualTo(_url));
    }

    [TestCase("RS384", "rsa-1")]
    [TestCase("ES384", "ec-1")]
    public async Task An_assertion_signed_with_a_registered_key_gives_a_token_that_reads(string alg, string kid)
    {
        (HttpResponseMessage response, JsonNode body) =
            await SmartClient.AskAsync(_hub, _client.Assertion(_url, alg: alg, kid: kid), "system/Patient.read system/ImagingStudy.rs openid");
        using HttpClient client = _hub.Client(body["access_token"]!.GetValue<string>());
        using HttpResponseMessage read = await client.GetAsync("fhir/Patient");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(body["token_type"]!.GetValue<string>(), Is.EqualTo("bearer"));
        Assert.That(body["expires_in"]!.GetValue<int>(), Is.EqualTo(300));
        Assert.That(body["scope"]!.GetValue<string>(), Is.EqualTo("system/Patient.rs system/ImagingStudy.rs"));
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        response.Dispose();
    }

    [Test]
    public async Task An_assertion_counts_once_also_when_nothing_was_given_for_it()
    {
        string first = _client.Assertion(_url);
        string second = _client.Assertion(_url);

        Assert.That(await ErrorAsync(first, "system/*.rs"), Is.Null);
        Assert.That(await ErrorAsync(first, "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(await ErrorAsync(second, "user/*.rs"), Is.EqualTo("invalid_scope"));
        Assert.That(await ErrorAsync(second, "system/*.rs"), Is.EqualTo("invalid_client"));
    }

    [TestCase("aud", "http://other.example/auth/token")]
    [TestCase("aud", null)]
    [TestCase("iss", "somebody")]
    [TestCase("sub", "somebody")]
    [TestCase("jti", null)]
    [TestCase("jti", 5)]
    [TestCase("exp", null)]
    [TestCase("exp", "soon")]
    public async Task A_claim_that_is_wrong_or_missing_is_refused(string name, object? value) => Assert.That(
        await ErrorAsync(_client.Assertion(_url, claims => Set(claims, name, value)), "system/*.rs"), Is.EqualTo("invalid_client"));

    [TestCase("exp", -40)]
    [TestCase("exp", 400)]
    [TestCase("nbf", 100)]
    [TestCase("iat", 100)]
    public async Task A_time_that_is_not_now_is_refused(string name, int seconds)
    {
        long at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

        Assert.That(await ErrorAsync(_client.Assertion(_url, claims => claims[name] = at), "system/*.rs"), Is.EqualTo("invalid_client"));
    }

    [TestCase("none")]
    [TestCase("HS384")]
    [TestCase("RS256")]
    [TestCase("PS384")]
    [TestCase("rs384")]
    [TestCase("ES384")] // the registered key of this kid is RSA
    public async Task Another_algorithm_is_refused_whatever_the_signature(string alg)
    {
        // What a verifier that believes the header would take: the public key as the secret, or no signature at all.
        byte[] secret = Encoding.UTF8.GetBytes(_client.KeySet().ToJsonString());
        Func<byte[], byte[]> sign = alg == "HS384" ? bytes => HMACSHA384.HashData(secret, bytes) : alg == "none" ? _ => [0] : _client.SignRsa;

        Assert.That(await ErrorAsync(_client.Assertion(_url, alg: alg, sign: sign), "system/*.rs"), Is.EqualTo("invalid_client"));
    }

    [Test]
    public async Task A_key_that_is_not_registered_or_carried_along_is_refused()
    {
        using SmartClient stranger = new() { Id = _client.Id };
        string unsigned = _client.Assertion(_url);

        Assert.That(await ErrorAsync(_client.Assertion(_url, kid: "rsa-2"), "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(await ErrorAsync(_client.Assertion(_url, kid: null), "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(await ErrorAsync(stranger.Assertion(_url), "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(
            await ErrorAsync(stranger.Assertion(_url, header: head => head["jwk"] = stranger.KeySet()["keys"]![0]!.DeepClone()), "system/*.rs"),
            Is.EqualTo("invalid_client"));
        Assert.That(
            await ErrorAsync(_client.Assertion(_url, header: head => head["jku"] = "https://keys.example/"), "system/*.rs"),
            Is.EqualTo("invalid_client"));
        Assert.That(await ErrorAsync(unsigned[..(unsigned.LastIndexOf('.') + 1)], "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(await ErrorAsync(new string('x', 20_000), "system/*.rs"), Is.EqualTo("invalid_client"));
    }

    [TestCase("password", SmartClient.AssertionType, "system/*.rs", "unsupported_grant_type")]
    [TestCase("", SmartClient.AssertionType, "system/*.rs", "invalid_request")]
    [TestCase("client_credentials", "saml", "system/*.rs", "invalid_request")]
    [TestCase("client_credentials", SmartClient.AssertionType, "", "invalid_scope")]
    [TestCase("client_credentials", SmartClient.AssertionType, "system/*.c", "invalid_scope")]
    [TestCase("client_credentials", SmartClient.AssertionType, "system/Patient.sr", "invalid_scope")]
    public async Task What_is_asked_wrongly_is_told_in_the_words_of_oauth(string grant, string type, string scope, string expected)
    {
        (HttpResponseMessage response, JsonNode body) = await SmartClient.AskAsync(_hub, _client.Assertion(_url), scope, grant, type);
        using (response)
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(response.Headers.CacheControl!.NoStore, Is.True);
            Assert.That(body["error"]!.GetValue<string>(), Is.EqualTo(expected));
            Assert.That(body["error_description"]!.GetValue<string>(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task New_keys_take_the_place_of_old_ones()
    {
        using SmartClient next = new() { Id = _client.Id };
        (HttpStatusCode status, _) = await _hub.SendAsync(
            HttpMethod.Post, $"api/clients/{_client.Id}/keys", new JsonObject { ["jwks"] = next.KeySet("2") }.ToJsonString(), "application/json");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ErrorAsync(_client.Assertion(_url), "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(await ErrorAsync(next.Assertion(_url, kid: "rsa-2"), "system/*.rs"), Is.Null);
    }

    [Test]
    public async Task Revoking_a_client_ends_its_tokens_at_once()
    {
        using HttpClient client = await _client.SignInAsync(_hub, "system/*.rs");
        using HttpResponseMessage before = await client.GetAsync("fhir/Patient");
        (HttpStatusCode revoked, _) = await _hub.SendAsync(HttpMethod.Post, $"api/clients/{_client.Id}/revoke");
        using HttpResponseMessage after = await client.GetAsync("fhir/Patient");
        (_, JsonNode journal) = await _hub.GetAsync("api/clients");

        Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(revoked, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await ErrorAsync(_client.Assertion(_url), "system/*.rs"), Is.EqualTo("invalid_client"));
        Assert.That(journal[0]!["revokedAt"], Is.Not.Null);
    }

    [Test]
    public async Task A_private_key_is_never_kept()
    {
        JsonObject keys = _client.KeySet();
        keys["keys"]![0]!["d"] = "AQAB";
        (HttpStatusCode status, JsonNode body) = await _client.RegisterAsync(_hub, "system/*.rs", keys: keys);

        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(body["advice"]!.GetValue<string>(), Does.Contain("private").And.Not.Contain("AQAB"));
    }

    [TestCase("administrator", "system/*.rs")]
    [TestCase("referrer", "system/*.rs")]
    [TestCase("machine", "patient/*.rs")]
    [TestCase("machine", "")]
    [TestCase("machine", "system/Patient.rs?_tag=case|1 system/Observation.rs")]
    [TestCase("specialist", "system/*.rs")]
    public async Task Scopes_and_roles_that_do_not_fit_are_not_registered(string role, string scope)
    {
        (HttpStatusCode status, JsonNode body) = await _client.RegisterAsync(_hub, scope, role);

        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), body.ToJsonString());
        Assert.That(body["advice"]!.GetValue<string>(), Is.Not.Empty);
    }

    [Test]
    public async Task Failures_without_end_are_told_to_wait_and_hold_up_nobody_else()
    {
        using SmartClient stranger = new() { Id = _client.Id };
        using SmartClient other = new();
        await other.RegisterAsync(_hub, "system/*.rs");
        HttpStatusCode last = default;
        for (int i = 0; i < 40 && last != HttpStatusCode.TooManyRequests; i++)
        {
            (HttpResponseMessage response, _) = await SmartClient.AskAsync(_hub, stranger.Assertion(_url), "system/*.rs");
            last = response.StatusCode;
            response.Dispose();
        }

        Assert.That(last, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await ErrorAsync(other.Assertion(_url), "system/*.rs"), Is.Null);
    }

    [Test]
    public async Task Two_processes_take_an_assertion_once_and_know_each_others_tokens()
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-two-").FullName;
        Uri address = new("https://hub.example/records");
        try
        {
            await using TestHub one = await TestHub.StartAsync(options => options with { PublicUrl = address }, folder);
            await using TestHub two = await TestHub.StartAsync(options => options with { PublicUrl = address }, folder);
            await _client.RegisterAsync(one, "system/*.rs");
            string assertion = _client.Assertion(address.AbsoluteUri + "/auth/token");
            (HttpResponseMessage Response, JsonNode Body)[] answers =
                await Task.WhenAll(new[] { one, two, one, two }.Select(hub => SmartClient.AskAsync(hub, assertion, "system/*.rs")));
            JsonNode given = answers.Single(answer => answer.Response.IsSuccessStatusCode).Body;
            using HttpClient client = two.Client(given["access_token"]!.GetValue<string>());
            using HttpResponseMessage read = await client.GetAsync("fhir/Patient");

            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            foreach ((HttpResponseMessage response, _) in answers)
            {
                response.Dispose();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task What_counts_no_more_is_forgotten()
    {
        await ErrorAsync(_client.Assertion(_url), "system/*.rs");
        IClientStore store = _hub.Services.GetRequiredService<IClientStore>();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        Assert.That(await store.ForgetAsync(now, default), Is.Zero);
        Assert.That(await store.ForgetAsync(now.AddMinutes(6), default), Is.EqualTo(2));
    }

    private async Task<string?> ErrorAsync(string assertion, string scope)
    {
        (HttpResponseMessage response, JsonNode body) = await SmartClient.AskAsync(_hub, assertion, scope);
        using (response)
        {
            return body["error"]?.GetValue<string>();
        }
    }

    private static void Set(JsonObject claims, string name, object? value)
    {
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = JsonValue.Create(value);
        }
    }
}
