using RecordHub.Core.Intake;

namespace RecordHub.Core.Telemetry;

/// <summary>The words that measurements and spans use for what Core decides. Pure.</summary>
public static class Words
{
    public static string Of(bool done) => done ? "done" : "failed";

    public static string Of(Door door) => door switch
    {
        Door.CStore => "c-store",
        Door.Stow => "stow",
        Door.Fhir => "fhir",
        Door.Import => "import",
        Door.Upload => "upload",
        _ => "pull",
    };

    public static string Of(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Accepted => "accepted",
        IntakeOutcome.AlreadyHeld => "duplicate",
        IntakeOutcome.Conflicting => "conflict",
        IntakeOutcome.Ignored => "ignored",
        _ => "refused",
    };

    public static string Of(RefusalReason reason) => reason switch
    {
        RefusalReason.Empty => "empty",
        RefusalReason.NotUnderstood => "not-understood",
        RefusalReason.DataSetDoesNotMatch => "data-set-does-not-match",
        RefusalReason.OutOfResources => "out-of-resources",
        RefusalReason.Unavailable => "unavailable",
        _ => "too-large",
    };

    public static string Of(Inbox.RecordState state) => state switch
    {
        Inbox.RecordState.Filed => "filed",
        Inbox.RecordState.Held => "held",
        Inbox.RecordState.Rejected => "rejected",
        _ => "ignored",
    };
}
