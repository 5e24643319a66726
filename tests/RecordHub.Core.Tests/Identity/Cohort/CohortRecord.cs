using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>What a record says, whose it is, and whose it could be taken for.</summary>
/// <param name="Class">What is particular about it.</param>
/// <param name="Claim">What it says, without the identifier.</param>
/// <param name="Whose">The person whose it is; the person need not have a case.</param>
/// <param name="TakenFor">The person whose case is named, or whose identifier it carries. The same person when it is in order.</param>
/// <param name="Identifier">The identifier that it carries when it comes by identifier.</param>
internal sealed record CohortRecord(
    CohortClass Class, PatientClaim Claim, CohortPerson Whose, CohortPerson TakenFor, PatientIdentifier Identifier)
{
    internal bool IsOwn => Whose.Number == TakenFor.Number;

    public override string ToString() => nameof(CohortRecord);
}
