using RecordHub.Core.Intake;
using RecordHub.Core.Packages;

namespace RecordHub.Core.Inbox;

/// <summary>What became of a split.</summary>
public abstract record SplitOutcome
{
    private SplitOutcome()
    {
    }

    /// <summary>It was done: how many images are in the other case now, and how many are left.</summary>
    /// <param name="Moved">Images that are in the other case now.</param>
    /// <param name="Left">Images of the study that stay where they were.</param>
    /// <param name="Records">The records that were decided about; undo takes one of them.</param>
    /// <param name="Withdrawn">Which published versions hold what has left; null when none does.</param>
    public sealed record Done(int Moved, int Left, IReadOnlyList<RecordId> Records, Withdrawal? Withdrawn) : SplitOutcome;

    /// <summary>There is no such case or study.</summary>
    public sealed record NotFound(string Error, string Advice) : SplitOutcome;

    /// <summary>Nothing was changed: why, and what to do.</summary>
    public sealed record Refused(string Error, string Advice) : SplitOutcome;
}
