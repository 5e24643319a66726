using RecordHub.Core.Access;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Cases;

/// <summary>What somebody asks for when they open a case, as they typed it.</summary>
public sealed record NewCase
{
    /// <summary>One of the specialties that have a checklist.</summary>
    public required string Specialty { get; init; }

    /// <summary>The patient's family name.</summary>
    public required string Family { get; init; }

    /// <summary>The patient's given names.</summary>
    public required string Given { get; init; }

    /// <summary>The birth date, <c>yyyy-MM-dd</c>.</summary>
    public required string BirthDate { get; init; }

    /// <summary><c>female</c>, <c>male</c>, <c>other</c> or <c>unknown</c> (their first letters do too); null is unknown.</summary>
    public string? Sex { get; init; }

    /// <summary>Identifiers, each with its issuer.</summary>
    public IReadOnlyList<PatientIdentifier> Identifiers { get; init; } = [];

    /// <summary>Whose case it is to be; null for whoever asks, and in the end the default tenant.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The questions for the specialist.</summary>
    public required string Question { get; init; }

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(NewCase);
}
