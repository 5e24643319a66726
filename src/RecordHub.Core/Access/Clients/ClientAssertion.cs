using System.Text;
using System.Text.Json;

namespace RecordHub.Core.Access.Clients;

/// <summary>A JSON Web Token by which a client says who it is (RFC 7523), read and not yet believed.</summary>
public sealed record ClientAssertion
{
    /// <summary>An assertion may be this long.</summary>
    public const int MostCharacters = 16 * 1024;

    private const int MostIdCharacters = 256;
    private const int MostAudiences = 8;

    /// <summary>The last second that a date can be of.</summary>
    private const long LastSecond = 253_402_300_799;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private ClientAssertion()
    {
    }

    /// <summary>The header's alg: one of the two that are taken.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The header's kid.</summary>
    public required string KeyId { get; init; }

    /// <summary>Who says it, of themselves: iss and sub.</summary>
    public required string ClientId { get; init; }

    /// <summary>Whom it was made for.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Its own name, used once.</summary>
    public required string TokenId { get; init; }

    /// <summary>Until when it counts.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>From when on it counts; null when it does not say.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was made; null when it does not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The bytes that were signed.</summary>
    public required byte[] Signed { get; init; }

    /// <summary>The signature over them.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>Reads one; null, with a sentence, when it is none that could count.</summary>
    public static ClientAssertion? Read(string text, out string? wrong)
    {
        wrong = "client_assertion is no signed JWT of three parts; sign one with the registered key.";
        if (text.Length > MostCharacters)
        {
            wrong = $"client_assertion is longer than {MostCharacters} characters.";
            return null;
        }

        string[] parts = text.Split('.');
        if (parts is not [var head, var body, var seal] || Base64UrlText.Decode(head) is not { } header
            || Base64UrlText.Decode(body) is not { } claims || Base64UrlText.Decode(seal) is not { } signature)
        {
            return null;
        }

        try
        {
            using JsonDocument first = JsonDocument.Parse(header, s_strict);
            using JsonDocument second = JsonDocument.Parse(claims, s_strict);
            if (first.RootElement.ValueKind != JsonValueKind.Object || second.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            wrong = HeaderFault(first.RootElement) ?? ClaimsFault(second.RootElement);
            return wrong is not null ? null : Of(first.RootElement, second.RootElement) with
            {
                Signed = Encoding.ASCII.GetBytes($"{head}.{body}"),
                Signature = signature,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The type only.</summary>
    public override string ToString() => nameof(ClientAssertion);

    private static ClientAssertion Of(JsonElement header, JsonElement claims) => new()
    {
        Algorithm = Text(header, "alg") ?? string.Empty,
        KeyId = Text(header, "kid") ?? string.Empty,
        ClientId = Text(claims, "iss") ?? string.Empty,
        Audiences = AudiencesOf(claims),
        TokenId = Text(claims, "jti") ?? string.Empty,
        Expires = Time(claims, "exp") ?? DateTimeOffset.MinValue,
        NotBefore = Time(claims, "nbf"),
        IssuedAt = Time(claims, "iat"),
        Signed = [],
        Signature = [],
    };

    private static string? HeaderFault(JsonElement header)
    {
        if (Text(header, "alg") is not (ClientKey.Rs384 or ClientKey.Es384))
        {
            return "The header's alg is RS384 or ES384; nothing else is taken.";
        }

        if (header.TryGetProperty("typ", out _) && !string.Equals(Text(header, "typ"), "JWT", StringComparison.OrdinalIgnoreCase))
        {
            return "The header's typ is JWT.";
        }

        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("jku", out _))
        {
            return "The header has crit or jku: leave them out; keys are registered here, and no address is called for them.";
        }

        return Text(header, "kid") is null ? "The header names the registered key in kid." : null;
    }

    private static string? ClaimsFault(JsonElement claims)
    {
        if (Text(claims, "iss") is not { } issuer || Text(claims, "sub") != issuer)
        {
            return "iss and sub are both the client's id.";
        }

        if (Text(claims, "jti") is null)
        {
            return $"jti is a text of 1 to {MostIdCharacters} characters that is used once.";
        }

        if (Time(claims, "exp") is null || (claims.TryGetProperty("nbf", out _) && Time(claims, "nbf") is null)
            || (claims.TryGetProperty("iat", out _) && Time(claims, "iat") is null))
        {
            return "exp is a number of seconds since 1970, as are nbf and iat where they are given.";
        }

        return AudiencesOf(claims).Count == 0 ? "aud is the address of this token endpoint." : null;
    }

    private static IReadOnlyList<string> AudiencesOf(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out JsonElement audience))
        {
            return [];
        }

        return audience.ValueKind switch
        {
            JsonValueKind.String => [audience.GetString() ?? string.Empty],
            JsonValueKind.Array when audience.GetArrayLength() <= MostAudiences
                && audience.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) =>
                [.. audience.EnumerateArray().Select(one => one.GetString() ?? string.Empty)],
            _ => [],
        };
    }

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= MostIdCharacters } text ? text : null;
}
