namespace RecordHub.Core.Completeness;

/// <summary>What open associations, orders for storage commitment and quiet time say at this moment.</summary>
internal static class ArrivalReasons
{
    internal static IEnumerable<CompletenessReason> Of(StudyEvidence evidence)
    {
        if (evidence.Arrival is not { } arrival)
        {
            yield break;
        }

        if (arrival.OpenAssociations > 0)
        {
            yield return Reason(
                EvidenceKind.OpenAssociation, ReasonWeight.Coming,
                $"Open association: {arrival.OpenAssociations} that sent to this study {(arrival.OpenAssociations == 1 ? "is" : "are")} still open.");
        }

        foreach (OrderEvidence order in arrival.Orders)
        {
            if (Order(order, evidence.Instances.Count) is { } reason)
            {
                yield return reason;
            }
        }

        if (arrival.Quiet is { } quiet)
        {
            yield return quiet < CompletenessDecision.QuietTime
                ? Reason(
                    EvidenceKind.QuietTime, ReasonWeight.Coming,
                    $"Quiet time: the last instance came {Math.Max(0, (int)quiet.TotalSeconds)} seconds ago, so more may be on its way.")
                : Reason(
                    EvidenceKind.QuietTime, ReasonWeight.Note,
                    $"Quiet time: nothing has come for {(long)quiet.TotalMinutes} minutes.");
        }
    }

    // An order for one image, as some modalities send after each, says nothing of the study.
    private static CompletenessReason? Order(OrderEvidence order, int here) => order switch
    {
        { Missing: > 0, OnlyThisStudy: true } => Reason(
            EvidenceKind.StorageCommitment, ReasonWeight.Lacks,
            $"Storage commitment: of {order.Named + order.Missing} instances that a sender asked to have committed, {order.Missing} never came."),
        { Missing: > 0 } => Reason(
            EvidenceKind.StorageCommitment, ReasonWeight.Note,
            $"Storage commitment: {order.Missing} instances never came, of this study or of another that was named with it."),
        { Named: > 1 } when order.Named >= here => Reason(
            EvidenceKind.StorageCommitment, ReasonWeight.Vouches,
            $"Storage commitment: all {order.Named} instances that a sender asked to have committed are here."),
        _ => null,
    };

    private static CompletenessReason Reason(EvidenceKind kind, ReasonWeight weight, FormattableString text) =>
        new(kind, weight, FormattableString.Invariant(text));
}
