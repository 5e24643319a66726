namespace RecordHub.Core.Identity;

/// <summary>Whose a document inside a record says it is: never a reason to file the record, but one to hold it.</summary>
/// <param name="Where">Which part of the record it is, in words without a patient's name.</param>
/// <param name="Claim">Whom it names.</param>
public sealed record EmbeddedClaim(string Where, PatientClaim Claim)
{
    /// <summary>The type only: the claim names a patient.</summary>
    public override string ToString() => nameof(EmbeddedClaim);
}
