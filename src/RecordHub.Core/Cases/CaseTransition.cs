namespace RecordHub.Core.Cases;

/// <summary>What a move makes of a case.</summary>
public abstract record CaseTransition
{
    private CaseTransition()
    {
    }

    /// <summary>It goes into another state.</summary>
    public sealed record To(string Status) : CaseTransition;

    /// <summary>It is there already: nothing is to be done.</summary>
    public sealed record Stays : CaseTransition;

    /// <summary>It may not; two sentences.</summary>
    public sealed record Refused(string Error, string Advice) : CaseTransition;

    /// <summary>The whole table. Pure.</summary>
    /// <param name="status">The state that the case is in.</param>
    /// <param name="move">What is asked for.</param>
    /// <param name="hasPackage">Whether a package version was published.</param>
    public static CaseTransition Of(string status, CaseMove move, bool hasPackage) => (move, status) switch
    {
        (_, CaseStatus.Purged) => new Refused("The case is purged.", "Nothing is left of it but its certificate: purge N shows it."),

        (CaseMove.Deliver, CaseStatus.Delivered) or (CaseMove.Close, CaseStatus.Acknowledged)
            or (CaseMove.Decline, CaseStatus.Declined) or (CaseMove.Cancel, CaseStatus.Cancelled) => new Stays(),

        (CaseMove.Reopen, CaseStatus.Delivered or CaseStatus.Acknowledged or CaseStatus.Declined or CaseStatus.Cancelled
            or CaseStatus.Failed) => new To(hasPackage ? CaseStatus.ReadyForReview : CaseStatus.Compiling),
        (CaseMove.Reopen, _) => new Stays(),

        (_, CaseStatus.Acknowledged or CaseStatus.Declined or CaseStatus.Cancelled) =>
            new Refused($"The case is {status}.", "If that was wrong, take it back first: case reopen N --reason R."),

        (CaseMove.Deliver, CaseStatus.ReadyForReview or CaseStatus.InReview or CaseStatus.MoreInfo or CaseStatus.OpinionFinal) =>
            new To(CaseStatus.Delivered),
        (CaseMove.Deliver, _) => new Refused(
            $"The case is {status}: no package is with a specialist, so that there is no opinion to deliver.",
            "Publish its package first, or end it by case decline or case cancel."),

        (CaseMove.Close, CaseStatus.Delivered) => new To(CaseStatus.Acknowledged),
        (CaseMove.Close, _) => new Refused(
            $"The case is {status}: no opinion was delivered that somebody could have read.",
            "Say that it was: case deliver N; or end it by case decline or case cancel."),

        (CaseMove.Decline or CaseMove.Cancel, CaseStatus.Delivered) => new Refused(
            "The opinion was delivered.", "Close the case: case close N; or take that back: case reopen N --reason R."),
        (CaseMove.Decline, CaseStatus.OpinionFinal) => new Refused(
            "The opinion is signed.", "Deliver it: case deliver N; or end the case by case cancel N --reason R."),
        (CaseMove.Decline, _) => new To(CaseStatus.Declined),
        _ => new To(CaseStatus.Cancelled),
    };
}
