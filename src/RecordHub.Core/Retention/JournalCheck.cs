namespace RecordHub.Core.Retention;

/// <summary>What a look at the operators' journal shows.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Head">Number and digest of the last one: noted elsewhere, it shows later that none was taken off the end.</param>
/// <param name="Broken">The first entry that is not what was written, or that another is missing before; 0 when all is well.</param>
/// <param name="Unknown">
/// A head that was noted before, on a certificate or by the caller, and that is not in the journal; null when all are.
/// </param>
public sealed record JournalCheck(long Entries, string Head, long Broken, string? Unknown)
{
    /// <summary>Whether all is well.</summary>
    public bool Ok => Broken == 0 && Unknown is null;
}
