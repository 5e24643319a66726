using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Server.Web;

/// <summary>What became of something that was sent in.</summary>
/// <param name="Outcome">What the intake said.</param>
/// <param name="Records">Its records with their states; empty when nothing was kept, or when filing was not done in time.</param>
internal sealed record Submission(IntakeOutcome Outcome, IReadOnlyList<HeldRecord> Records)
{
    /// <summary>The item; null when nothing was kept.</summary>
    public ItemId? Item => Outcome.Kept;

    /// <summary>Whether every record is in a case.</summary>
    public bool IsFiled => Records.Count > 0 && Records.All(record => record.State == RecordState.Filed);

    /// <summary>The type only: a record names a patient.</summary>
    public override string ToString() => nameof(Submission);
}
