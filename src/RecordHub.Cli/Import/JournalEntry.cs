namespace RecordHub.Cli.Import;

/// <summary>A file whose records are done: as it was then, and its lines.</summary>
internal sealed record JournalEntry(string Path, long Length, long ModifiedTicks, IReadOnlyList<ImportLine> Lines)
{
    /// <summary>The type only: a path may name a patient.</summary>
    public override string ToString() => nameof(JournalEntry);
}
