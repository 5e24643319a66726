namespace RecordHub.Core.Identity;

/// <summary>A sender's statement that identifiers are one patient's: HL7 v2 A40 and its like, FHIR <c>Patient.link</c>.</summary>
/// <param name="Kind">The event or the kind of link, such as <c>A40</c> or <c>replaced-by</c>.</param>
/// <param name="Prior">The identifiers of the one side; those of the other are in the claim, which has both.</param>
/// <param name="PriorNames">The names on that side.</param>
public sealed record IdentityMerge(
    string Kind, IReadOnlyList<PatientIdentifier> Prior, IReadOnlyList<PersonName> PriorNames)
{
    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(IdentityMerge);
}
