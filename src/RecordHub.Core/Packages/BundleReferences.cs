using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RecordHub.Core.Packages;

/// <summary>
/// Makes every reference of a document resolve inside it (R4 bundle.html §references): each entry's <c>fullUrl</c> is a
/// <c>urn:uuid</c> made of its <c>Type/id</c>, so that it depends on no server, and references are rewritten to it.
/// A reference to something that is not in the document becomes a logical one.
/// </summary>
internal sealed class BundleReferences(IEnumerable<string> entries)
{
    private const string UriSystem = "urn:ietf:rfc:3986";
    private readonly Dictionary<string, string> _urls =
        entries.Distinct(StringComparer.Ordinal).ToDictionary(entry => entry, UrlOf, StringComparer.Ordinal);

    /// <summary>The <c>fullUrl</c> of an entry: a UUID of version 8 (RFC 9562 §5.8).</summary>
    internal static string UrlOf(string reference)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes("recordhub:" + reference), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(digest[..16], bigEndian: true).ToString("D");
    }

    /// <summary>Copies a resource with its references rewritten; numbers as they are written.</summary>
    internal void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void WriteObject(JsonElement element, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            bool isText = property.Value.ValueKind == JsonValueKind.String;
            if (isText && property.NameEquals("reference"))
            {
                WriteReference(element, property.Value.GetString() ?? string.Empty, writer);
            }
            else if (isText && property.NameEquals("url") && Find(property.Value.GetString()) is { } url)
            {
                writer.WriteString("url", url);
            }
            else
            {
                writer.WritePropertyName(property.Name);
                Write(property.Value, writer);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteReference(JsonElement owner, string reference, Utf8JsonWriter writer)
    {
        if (reference.StartsWith('#'))
        {
            writer.WriteString("reference", reference);
        }
        else if (Find(reference) is { } url)
        {
            writer.WriteString("reference", url);
        }
        else if (!owner.TryGetProperty("identifier", out _))
        {
            writer.WriteStartObject("identifier");
            writer.WriteString("system", UriSystem);
            writer.WriteString("value", reference);
            writer.WriteEndObject();
        }
    }

    private string? Find(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        int version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return _urls.GetValueOrDefault(version < 0 ? reference : reference[..version]);
    }
}
