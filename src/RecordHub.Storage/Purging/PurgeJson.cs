using System.Text.Json;
using System.Text.Json.Serialization;
using RecordHub.Core.Retention;

namespace RecordHub.Storage.Purging;

/// <summary>The JSON of purges: camelCase, indented, since a certificate is filed by people too.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(PurgeCertificate))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, long>))]
internal sealed partial class PurgeJson : JsonSerializerContext
{
    /// <summary>The head of the journal that a certificate refers to.</summary>
    internal static string? HeadOf(string certificate) => JsonSerializer.Deserialize(certificate, Default.PurgeCertificate)?.Journal;
}
