using RecordHub.Core.Intake;

namespace RecordHub.Storage.Backups;

/// <summary>What one state of a database says.</summary>
internal sealed record DatabaseState(IReadOnlyDictionary<string, long> Rows, IReadOnlyList<ContentHash> Blobs, string? Store);
