using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>Somebody who does not exist.</summary>
internal sealed record CohortPerson
{
    internal required int Number { get; init; }

    internal required string Family { get; init; }

    internal required string Given { get; init; }

    internal required PartialDate BirthDate { get; init; }

    internal required AdministrativeSex Sex { get; init; }

    internal required string Mrn { get; init; }

    internal string? Suffix { get; init; }

    /// <summary>The name in another script; null when there is none.</summary>
    internal PersonName? Native { get; init; }

    internal PatientClaim Claim(params PatientIdentifier[] identifiers) => new()
    {
        Names = [new PersonName(Family, Given, Suffix: Suffix)],
        BirthDate = BirthDate,
        Sex = Sex,
        Identifiers = identifiers,
    };

    public override string ToString() => nameof(CohortPerson);
}
