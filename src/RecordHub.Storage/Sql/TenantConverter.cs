using System.Text.Json;
using System.Text.Json.Serialization;
using RecordHub.Core.Access;

namespace RecordHub.Storage.Sql;

/// <summary>Writes a tenant as its name.</summary>
internal sealed class TenantConverter : JsonConverter<Tenant>
{
    /// <inheritdoc />
    public override Tenant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Tenant.Parse(reader.GetString() ?? string.Empty);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Tenant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
