using System.Text.Json;
using System.Text.Json.Serialization;

namespace RecordHub.Storage.Backups;

/// <summary>The JSON of backups.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(BackupBlob))]
internal sealed partial class BackupJson : JsonSerializerContext;
