using RecordHub.Core.Identity;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Inbox;

/// <summary>What belongs together in the inbox. Pure.</summary>
/// <remarks>A record that names nobody, or points to somebody it does not carry, is not taken for another one's patient.</remarks>
internal static class InboxKeys
{
    /// <summary>The same text for records that name the same patient, in the same tenant.</summary>
    internal static string PatientOf(HeldRecord record) => record.Claim.NamesNobody || record.Claim.ByReferenceOnly
        ? $"{record.Item.Source.Tenant} ?{record.StudyInstanceUid ?? record.Id.ToString()}"
        : $"{record.Item.Source.Tenant} {ClaimKey.Of(record.Claim with { Identifiers = IdentifiersOf(record.Claim) })}";

    /// <summary>Its identifiers, each once, whichever way its issuer is written.</summary>
    internal static IReadOnlyList<PatientIdentifier> IdentifiersOf(PatientClaim claim) =>
        [.. claim.Identifiers.Select(Identifiers.Canonical).Distinct()];

    /// <summary>The same text for records of one study; what is no image stands alone.</summary>
    internal static string StudyOf(HeldRecord record) => record.StudyInstanceUid ?? record.Id.ToString();

    /// <summary>Whether a decision on the first speaks for the other.</summary>
    internal static bool GoesWith(HeldRecord first, HeldRecord other, InboxExtent extent) =>
        other.Id != first.Id && other.State == first.State && other.Case == first.Case
        && IsDecidedTogether(first) && IsDecidedTogether(other) && IsWithin(first, other, extent);

    // Which of two copies is right, and whose a document inside a record is, are other questions each time; of what was
    // given up nothing is known.
    private static bool IsDecidedTogether(HeldRecord record) =>
        record.Reason is not ("conflict" or EmbeddedDisagreement.Reason or Intake.GiveUpStep.Reason);

    private static bool IsWithin(HeldRecord first, HeldRecord other, InboxExtent extent) => extent switch
    {
        InboxExtent.Record => false,
        InboxExtent.Study => first.StudyInstanceUid is not null && StudyOf(first) == StudyOf(other)
            && PatientOf(first) == PatientOf(other),
        _ => PatientOf(first) == PatientOf(other),
    };
}
