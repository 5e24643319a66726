using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity.Matching;

/// <summary>What is said of somebody, normalised once, to be compared with many.</summary>
internal sealed record Person
{
    internal required IReadOnlyList<NormalName> Names { get; init; }

    internal required PartialDate? BirthDate { get; init; }

    /// <summary>The days that the birth date may mean, when only its year is certain; empty mostly.</summary>
    internal IReadOnlyList<PartialDate> BirthDateReadings { get; init; } = [];

    internal required AdministrativeSex Sex { get; init; }

    internal required IReadOnlyList<PatientIdentifier> Identifiers { get; init; }

    internal IReadOnlyList<string> Postcodes { get; init; } = [];

    internal IReadOnlyList<string> Phones { get; init; } = [];

    internal static Person Of(PatientClaim claim, MatchWeights weights) => new()
    {
        Names = [.. claim.Names.Select(name => NormalName.Of(name, weights)).Where(name => !name.IsEmpty)],
        BirthDate = claim.BirthDate,
        BirthDateReadings = claim.BirthDateReadings ?? [],
        Sex = claim.Sex,
        Identifiers = Identity.Identifiers.Issued(claim.Identifiers),
        Postcodes = [.. claim.Postcodes.Select(ContactLevels.Postcode).Where(text => text.Length > 0).Distinct()],
        Phones = [.. claim.Phones.Select(ContactLevels.Phone).Where(text => text.Length > 0).Distinct()],
    };

    internal static Person Of(CasePatient patient, MatchWeights weights) => new()
    {
        Names = [NormalName.Of(patient.Name, weights)],
        BirthDate = patient.BirthDate,
        Sex = patient.Sex,
        Identifiers = Identity.Identifiers.Issued(patient.Identifiers),
    };

    public override string ToString() => nameof(Person);
}
