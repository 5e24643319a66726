using RecordHub.Core.Identity;

namespace RecordHub.Core.Cases;

/// <summary>The person of a case as the coordinator entered them, with every identifier known to be theirs.</summary>
public sealed record CasePatient
{
    /// <summary>The id of our Patient resource.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>The birth date.</summary>
    public required PartialDate BirthDate { get; init; }

    /// <summary>The sex.</summary>
    public AdministrativeSex Sex { get; init; }

    /// <summary>Identifiers known to be this person's, at case creation or by later links, in ordinal order.</summary>
    public IReadOnlyList<PatientIdentifier> Identifiers { get; init; } = [];

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(CasePatient);
}
