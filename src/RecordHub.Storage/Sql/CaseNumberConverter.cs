using System.Text.Json;
using System.Text.Json.Serialization;
using RecordHub.Core.Cases;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Writes a case's number as <c>{"Value":7}</c>, as the serializer would: a receipt writes one, and that takes the serializer
/// as much memory as all the rest of its source.
/// </summary>
internal sealed class CaseNumberConverter : JsonConverter<CaseNumber>
{
    private static readonly JsonEncodedText s_value = JsonEncodedText.Encode("Value");

    /// <inheritdoc />
    public override CaseNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A case's number is an object.");
        }

        long value = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isValue = reader.ValueTextEquals(s_value.EncodedUtf8Bytes);
            reader.Read();
            if (isValue)
            {
                value = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return new CaseNumber(value);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, CaseNumber value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(s_value, value.Value);
        writer.WriteEndObject();
    }
}
