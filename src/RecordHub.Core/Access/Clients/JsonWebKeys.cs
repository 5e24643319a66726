using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace RecordHub.Core.Access.Clients;

/// <summary>Reads and writes the public keys of a client, a JSON Web Key Set (RFC 7517). Pure.</summary>
public static class JsonWebKeys
{
    /// <summary>Keys of one client at most.</summary>
    public const int Most = 16;

    private const int MostCharacters = 64 * 1024;
    private const int MostIdCharacters = 256;
    private const int CoordinateBytes = 48;
    private const int FewestModulusBytes = 256;
    private const int MostModulusBytes = 1024;
    private const int MostExponentBytes = 4;

    private static readonly string[] s_private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The keys of a set; null, with a sentence, when it is not taken.</summary>
    public static IReadOnlyList<ClientKey>? Read(string text, out string? wrong)
    {
        wrong = null;
        if (text.Length > MostCharacters)
        {
            wrong = $"The key set is longer than {MostCharacters} characters.";
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(text, s_strict);
            List<ClientKey> keys = [];
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("keys", out JsonElement listed)
                || listed.ValueKind != JsonValueKind.Array || listed.GetArrayLength() is 0 or > Most)
            {
                wrong = $"A key set is JSON with 1 to {Most} keys in the member keys (RFC 7517 §5).";
                return null;
            }

            foreach (JsonElement element in listed.EnumerateArray())
            {
                wrong = Fault(element, keys, out ClientKey? key);
                if (key is null)
                {
                    return null;
                }

                keys.Add(key);
            }

            return keys;
        }
        catch (JsonException)
        {
            wrong = "The key set is no JSON, or names a member twice; give a JWKS such as {\"keys\":[…]}.";
            return null;
        }
    }

    /// <summary>The set as it is kept: what is needed of it.</summary>
    public static string Write(IReadOnlyList<ClientKey> keys)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (ClientKey key in keys)
        {
            bool isRsa = key.Algorithm == ClientKey.Rs384;
            json.WriteStartObject();
            json.WriteString("kid", key.Id);
            json.WriteString("alg", key.Algorithm);
            json.WriteString("kty", isRsa ? "RSA" : "EC");
            if (!isRsa)
            {
                json.WriteString("crv", "P-384");
            }

            json.WriteString(isRsa ? "n" : "x", Base64Url.EncodeToString(key.First));
            json.WriteString(isRsa ? "e" : "y", Base64Url.EncodeToString(key.Second));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string? Fault(JsonElement element, List<ClientKey> before, out ClientKey? key)
    {
        key = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return "Each key of a set is a JSON object.";
        }

        if (s_private.Any(name => element.TryGetProperty(name, out _)))
        {
            return "The key set has a private or secret key: it was not kept. "
                + "Take it as known to others, make a new pair, and give the public key only.";
        }

        string? id = Text(element, "kid");
        if (id is null or { Length: 0 or > MostIdCharacters } || id.Any(char.IsControl) || before.Any(one => one.Id == id))
        {
            return $"Each key has a kid of its own, of {MostIdCharacters} characters at most.";
        }

        if (element.TryGetProperty("use", out _) && Text(element, "use") != "sig")
        {
            return $"The key {id} is not for signatures (use is not sig).";
        }

        ClientKey? read = Text(element, "kty") switch
        {
            "RSA" when Number(element, "n") is { Length: >= FewestModulusBytes and <= MostModulusBytes } modulus
                && (modulus.Length > FewestModulusBytes || modulus[0] >= 0x80) && IsOdd(modulus)
                && Number(element, "e") is { Length: > 0 and <= MostExponentBytes } exponent && IsOdd(exponent) && exponent is not [1]
                => new ClientKey(id, ClientKey.Rs384, modulus, exponent),
            "EC" when Text(element, "crv") == "P-384" && Bytes(element, "x") is { Length: CoordinateBytes } x
                && Bytes(element, "y") is { Length: CoordinateBytes } y => new ClientKey(id, ClientKey.Es384, x, y),
            _ => null,
        };
        if (read is null || !read.IsKey() || (element.TryGetProperty("alg", out _) && Text(element, "alg") != read.Algorithm))
        {
            return $"The key {id} is not taken: give an RSA key of 2048 to 8192 bits for RS384, or a P-384 key for ES384.";
        }

        key = read;
        return null;
    }

    private static bool IsOdd(byte[] number) => (number[^1] & 1) == 1;

    // Without zeros before it (RFC 7518 §6.3.1.1).
    private static byte[]? Number(JsonElement element, string name) =>
        Bytes(element, name) is { } bytes ? bytes.AsSpan().TrimStart((byte)0).ToArray() : null;

    private static byte[]? Bytes(JsonElement element, string name) =>
        Text(element, name) is { } text ? Base64UrlText.Decode(text) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
