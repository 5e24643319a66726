using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>A patient that the input is about: in it as a resource, contained, or only referred to.</summary>
internal sealed class FhirOwner(string key, PatientClaim claim)
{
    /// <summary>The same for all ways in which the input means this patient.</summary>
    public string Key { get; } = key;

    public PatientClaim Claim { get; } = claim;

    public override string ToString() => nameof(FhirOwner);
}
