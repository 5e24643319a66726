using System.Buffers;
using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>Copies a draft's JSON with its id, its source, and its placeholders replaced; every other token as it stands.</summary>
internal static class DraftBinder
{
    private const int MaxDepth = 192;

    public static byte[] Bind(
        ResourceDraft draft, string id, string? source, IReadOnlyDictionary<string, string> places,
        out bool isAboutPatient)
    {
        ArrayBufferWriter<byte> buffer = new(draft.Json.Length + 128);
        using (Utf8JsonWriter writer = new(buffer, FhirJson.Options))
        {
            Utf8JsonReader reader = new(draft.Json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            writer.WriteStartObject();
            writer.WriteString("resourceType", draft.Type);
            writer.WriteString("id", id);
            bool hasMeta = HasMeta(draft.Json.Span);
            if (!hasMeta && source is not null)
            {
                writer.WriteStartObject("meta");
                writer.WriteString("source", source);
                writer.WriteEndObject();
            }

            isAboutPatient = Copy(ref reader, writer, source, places);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static bool Copy(
        ref Utf8JsonReader reader, Utf8JsonWriter writer, string? source, IReadOnlyDictionary<string, string> places)
    {
        bool isAboutPatient = false;
        bool inMeta = false;
        bool mayHold = false;
        bool isNarrative = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (reader.CurrentDepth == 1 && (reader.ValueTextEquals("resourceType") || reader.ValueTextEquals("id")))
                    {
                        reader.Skip();
                        break;
                    }

                    if (inMeta && reader.CurrentDepth == 2 && reader.ValueTextEquals("source") && source is not null)
                    {
                        reader.Skip();
                        break;
                    }

                    inMeta = reader.CurrentDepth == 1 ? reader.ValueTextEquals("meta") : inMeta;
                    mayHold = reader.ValueTextEquals("reference") || reader.ValueTextEquals("url")
                        || reader.ValueTextEquals("valueUri") || reader.ValueTextEquals("valueUrl");
                    isNarrative = reader.ValueTextEquals("div");
                    writer.WritePropertyName(reader.GetString() ?? string.Empty);
                    break;
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    if (inMeta && reader.CurrentDepth == 1 && source is not null)
                    {
                        writer.WriteString("source", source);
                    }

                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.String when mayHold && reader.ValueSpan.StartsWith("urn:recordhub:"u8)
                    && places.TryGetValue(reader.GetString() ?? string.Empty, out string? place):
                    isAboutPatient |= reader.ValueTextEquals(Placeholder.Patient);
                    writer.WriteStringValue(place);
                    break;
                case JsonTokenType.String when isNarrative && reader.ValueSpan.IndexOf("urn:recordhub:"u8) >= 0:
                    writer.WriteStringValue(NarrativeLinks.ReplaceDrafts(reader.GetString() ?? string.Empty, places.GetValueOrDefault));
                    break;
                default:
                    WriteScalar(ref reader, writer);
                    break;
            }
        }

        return isAboutPatient;
    }

    // Numbers keep their form (1.0, 1E3), text keeps its escapes.
    private static void WriteScalar(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
            return;
        }

        int length = reader.ValueSpan.Length;
        byte[] quoted = ArrayPool<byte>.Shared.Rent(length + 2);
        quoted[0] = (byte)'"';
        reader.ValueSpan.CopyTo(quoted.AsSpan(1));
        quoted[length + 1] = (byte)'"';
        writer.WriteRawValue(quoted.AsSpan(0, length + 2), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(quoted, clearArray: true);
    }

    private static bool HasMeta(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("meta"))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
