namespace RecordHub.Storage.Backups;

/// <summary>What a look at a folder of backups showed.</summary>
/// <param name="Finished">Backups that have a manifest.</param>
/// <param name="Latest">When the latest of them was made; null when there is none.</param>
/// <param name="Unfinished">What interrupted ones left.</param>
/// <param name="Runs">Whether one is being made.</param>
public sealed record BackupsFound(int Finished, DateTimeOffset? Latest, int Unfinished, bool Runs);
