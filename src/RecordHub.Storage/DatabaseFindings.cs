namespace RecordHub.Storage;

/// <summary>What a look at a PostgreSQL database found: it answers, and keeps text as UTF-8.</summary>
/// <param name="Name">Database, host and port.</param>
/// <param name="Version">The server's version.</param>
/// <param name="MissingScripts">Migrations that it has not had; below zero when a newer version of ours made it.</param>
/// <param name="ClockAhead">How far the server's clock is ahead of ours.</param>
public sealed record DatabaseFindings(string Name, Version Version, int MissingScripts, TimeSpan ClockAhead)
{
    /// <summary>The table that cannot be read, and the server's SQLSTATE; null when none was found damaged.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether all tables were read, and not only what came in the time.</summary>
    public bool IsWhole { get; init; }
}
