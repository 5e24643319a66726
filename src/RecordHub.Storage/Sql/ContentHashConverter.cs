using System.Text.Json;
using System.Text.Json.Serialization;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Writes a hash as its 64 digits.</summary>
internal sealed class ContentHashConverter : JsonConverter<ContentHash>
{
    /// <inheritdoc />
    public override ContentHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ContentHash.Parse(reader.GetString() ?? string.Empty);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ContentHash value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
