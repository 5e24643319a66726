using RecordHub.Core.Intake;

namespace RecordHub.Server.DicomWeb;

/// <summary>What an instance is called, as its header says; null where that could not be read.</summary>
internal readonly record struct StowNames(
    string? SopClassUid, string? SopInstanceUid, string? StudyInstanceUid, string? SeriesInstanceUid);

/// <summary>One part of a STOW-RS request: what it said it was, and what became of it.</summary>
/// <param name="Names">What it is called.</param>
/// <param name="Outcome">What the intake said.</param>
internal sealed record StowPart(StowNames Names, IntakeOutcome Outcome)
{
    /// <summary>The item; null when nothing was kept.</summary>
    public ItemId? Item => Outcome switch
    {
        IntakeOutcome.Accepted accepted => accepted.Item,
        IntakeOutcome.AlreadyHeld held => held.Item,
        IntakeOutcome.Conflicting conflicting => conflicting.Item,
        _ => null,
    };

    /// <summary>Failure Reason (0008,1197); PS3.18 Table I.2-2, codes of PS3.4 and PS3.7.</summary>
    public int FailureReason => Outcome switch
    {
        IntakeOutcome.Refused refused when refused.Reason is RefusalReason.OutOfResources or RefusalReason.Unavailable
            or RefusalReason.TooLarge => 0xA700,
        IntakeOutcome.Refused { Reason: RefusalReason.DataSetDoesNotMatch } => 0xA900,
        _ => 0xC000,
    };
}
