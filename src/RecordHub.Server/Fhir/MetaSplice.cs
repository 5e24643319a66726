using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Puts <c>meta.versionId</c> and <c>meta.lastUpdated</c> into a stored resource, and copies every other byte as it is:
/// decimals, white space and the order of members stay what they were (R4 resource.html#Meta).
/// </summary>
internal static class MetaSplice
{
    private enum Place
    {
        Meta,
        EmptyMeta,
        AfterMember,
        ObjectStart,
        EmptyObject,
    }

    /// <summary>Writes a stored version as it is served.</summary>
    public static void Write(IBufferWriter<byte> output, ResourceVersion version)
    {
        ReadOnlySpan<byte> json = version.Json.Span;
        string stamp = string.Create(
            CultureInfo.InvariantCulture,
            $"\"versionId\":\"{version.Version}\",\"lastUpdated\":\"{Instant(version.LastUpdated)}\"");
        (int at, Place place) = FindPlace(json);
        output.Write(json[..at]);
        output.Write(Encoding.UTF8.GetBytes(place switch
        {
            Place.EmptyMeta => stamp,
            Place.Meta => stamp + ",",
            Place.EmptyObject => "\"meta\":{" + stamp + "}",
            Place.ObjectStart => "\"meta\":{" + stamp + "},",
            _ => ",\"meta\":{" + stamp + "}",
        }));
        output.Write(json[at..]);
    }

    /// <summary>The bytes of <see cref="Write"/>.</summary>
    public static ReadOnlyMemory<byte> ToBytes(ResourceVersion version)
    {
        ArrayBufferWriter<byte> output = new(version.Json.Length + 128);
        Write(output, version);
        return output.WrittenMemory;
    }

    /// <summary>A FHIR instant to the millisecond in UTC.</summary>
    public static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // Right after the brace of meta; without a meta, after id, else after resourceType, else after the first brace.
    private static (int At, Place Place) FindPlace(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        int after = (int)reader.BytesConsumed;
        bool isAfterMember = false;
        bool isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMeta = reader.ValueTextEquals("meta"u8);
            bool isIdentity = reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("resourceType"u8);
            reader.Read();
            if (isMeta && reader.TokenType == JsonTokenType.StartObject)
            {
                int at = (int)reader.BytesConsumed;
                reader.Read();
                return (at, reader.TokenType == JsonTokenType.EndObject ? Place.EmptyMeta : Place.Meta);
            }

            reader.Skip();
            isEmpty = false;
            if (isIdentity)
            {
                after = (int)reader.BytesConsumed;
                isAfterMember = true;
            }
        }

        return (after, isAfterMember ? Place.AfterMember : isEmpty ? Place.EmptyObject : Place.ObjectStart);
    }
}
