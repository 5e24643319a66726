namespace RecordHub.Storage;

/// <summary>What a look at a SQLite database's file showed.</summary>
/// <param name="File">The file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="MissingScripts">Migrations that it has not had, below zero when a newer version of ours made it; null when there is no file.</param>
/// <param name="IsWhole">Whether it was read to its end.</param>
/// <param name="Faults">The first of what is wrong in it.</param>
/// <param name="AllScripts">How many migrations there are.</param>
public sealed record DatabaseFileFindings(
    string File, long Length, long? MissingScripts, bool IsWhole, IReadOnlyList<string> Faults, int AllScripts)
{
    /// <summary>Why it could not be looked at, which says nothing of what is in it; null when it could.</summary>
    public string? Closed { get; init; }

    /// <summary>Whether there is no file, and there are blobs, or their mark.</summary>
    public bool LacksBesideBlobs { get; init; }
}
