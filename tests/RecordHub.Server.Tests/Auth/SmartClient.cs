using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Auth;

/// <summary>A client of backend services with keys of its own, which can also do everything wrong.</summary>
internal sealed class SmartClient : IDisposable
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public string Id { get; set; } = string.Empty;

    /// <summary>Both public keys: rsa-1 and ec-1.</summary>
    public JsonObject KeySet(string suffix = "1")
    {
        RSAParameters rsa = Rsa.ExportParameters(false);
        ECParameters curve = Curve.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["kid"] = "rsa-" + suffix,
                    ["use"] = "sig",
                    ["alg"] = "RS384",
                    ["n"] = Text(rsa.Modulus!),
                    ["e"] = Text(rsa.Exponent!),
                },
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["kid"] = "ec-" + suffix,
                    ["crv"] = "P-384",
                    ["key_ops"] = new JsonArray("verify"),
                    ["x"] = Text(curve.Q.X!),
                    ["y"] = Text(curve.Q.Y!),
                }),
        };
    }

    /// <summary>Registers it.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> RegisterAsync(
        TestHub hub, string scope, string role = "machine", JsonNode? keys = null, params long[] cases)
    {
        (HttpStatusCode status, JsonNode body) = await hub.SendAsync(
            HttpMethod.Post, "api/clients",
            new JsonObject
            {
                ["name"] = "front end",
                ["role"] = role,
                ["scope"] = scope,
                ["jwks"] = keys ?? KeySet(),
                ["cases"] = new JsonArray([.. cases.Select(number => (JsonNode)number)]),
            }.ToJsonString(),
            "application/json");
        Id = body["id"]?.GetValue<string>() ?? Id;
        return (status, body);
    }

    public string Assertion(
        string audience, Action<JsonObject>? claims = null, string alg = "RS384", string? kid = "rsa-1", Func<byte[], byte[]>? sign = null,
        Action<JsonObject>? header = null)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        JsonObject head = new() { ["alg"] = alg, ["kid"] = kid, ["typ"] = "JWT" };
        header?.Invoke(head);
        JsonObject body = new()
        {
            ["iss"] = Id,
            ["sub"] = Id,
            ["aud"] = audience,
            ["exp"] = now + 240,
            ["iat"] = now,
            ["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
        };
        claims?.Invoke(body);
        string signed = $"{Text(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Text(Encoding.UTF8.GetBytes(body.ToJsonString()))}";
        sign ??= alg == "ES384" ? bytes => Curve.SignData(bytes, HashAlgorithmName.SHA384) : SignRsa;
        return $"{signed}.{Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public byte[] SignRsa(byte[] bytes) => Rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);

    /// <summary>Asks for a token.</summary>
    public static async Task<(HttpResponseMessage Response, JsonNode Body)> AskAsync(
        TestHub hub, string assertion, string scope, string grant = "client_credentials", string type = AssertionType)
    {
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = grant,
            ["client_assertion_type"] = type,
            ["client_assertion"] = assertion,
            ["scope"] = scope,
        });
        HttpResponseMessage response = await hub.Anonymous.PostAsync("auth/token", form);
        string text = await response.Content.ReadAsStringAsync();
        return (response, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }

    /// <summary>A client with a new token of these scopes.</summary>
    public async Task<HttpClient> SignInAsync(TestHub hub, string scope)
    {
        (HttpResponseMessage response, JsonNode body) = await AskAsync(hub, Assertion(UrlOf(hub)), scope);
        using (response)
        {
            return response.IsSuccessStatusCode
                ? hub.Client(body["access_token"]!.GetValue<string>())
                : throw new InvalidOperationException(body.ToJsonString());
        }
    }

    public static string UrlOf(TestHub hub) => new Uri(hub.Anonymous.BaseAddress!, "auth/token").AbsoluteUri;

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public void Dispose()
    {
        Rsa.Dispose();
        Curve.Dispose();
    }
}
