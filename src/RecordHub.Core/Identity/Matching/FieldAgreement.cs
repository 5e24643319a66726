namespace RecordHub.Core.Identity.Matching;

/// <summary>How one field agrees.</summary>
/// <param name="Field">The field.</param>
/// <param name="Level">How far it agrees.</param>
/// <param name="Bits">What it weighs: positive speaks for one person, negative for two.</param>
/// <param name="Claimed">What the record says, as it was compared; empty when it says nothing.</param>
/// <param name="Known">What is known, as it was compared; empty when nothing is.</param>
public sealed record FieldAgreement(MatchField Field, MatchLevel Level, double Bits, string Claimed, string Known)
{
    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(FieldAgreement);
}
