using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>
/// What a sender has to hear at once: a record that was sent for a case is somebody else's. It names nobody, so it can be
/// told to whoever sent it.
/// </summary>
/// <param name="Record">The record.</param>
/// <param name="Case">The case that it was sent for.</param>
/// <param name="Source">Who sent it, and by which door.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record SenderAlert(RecordId Record, CaseNumber Case, Source Source, DateTimeOffset ReceivedAt)
{
    /// <summary>What a sender hears.</summary>
    public string Sentence =>
        $"Record {Record} was sent for case {Case}, but it names somebody else. It is stored, held and in no case. Check which "
        + "patient and which case number were chosen; if it was meant for another case, send it for that one, and tell the coordinator.";

    /// <summary>The alert of a record; null when there is nothing to tell. Pure.</summary>
    internal static SenderAlert? Of(HeldRecord record, CaseFile named)
    {
        IdentityMatch match = PersonMatcher.Compare(record.Claim, named.Patient, MatchWeights.BuiltIn);
        bool other = record.Reason is "identifier-of-another-patient" or EmbeddedDisagreement.Reason
            || EmbeddedDisagreement.IsSomebodyElse(match);
        return other ? new SenderAlert(record.Id, named.Number, record.Item.Source, record.Item.ReceivedAt) : null;
    }

    /// <summary>The type only: the source may name a patient.</summary>
    public override string ToString() => nameof(SenderAlert);
}
