namespace RecordHub.Storage.Sqlite;

/// <summary>What a look at a database's file showed.</summary>
/// <param name="Version">How many migrations it has had; 0 when that could not be read.</param>
/// <param name="IsWhole">Whether it was read to its end.</param>
/// <param name="Faults">The first of what is wrong in it; none when nothing was seen.</param>
internal sealed record SqliteFindings(long Version, bool IsWhole, IReadOnlyList<string> Faults)
{
    /// <summary>Why it could not be looked at, which says nothing of what is in it; null when it could.</summary>
    internal string? Closed { get; init; }
}
