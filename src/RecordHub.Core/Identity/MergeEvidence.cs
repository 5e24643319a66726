using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity;

/// <summary>What is known on our side when a sender says that identifiers are one patient's.</summary>
public sealed record MergeEvidence
{
    /// <summary>The only issuer whose identifiers the sender may join, in canonical writing; null when it is no known site's.</summary>
    public string? Issuer { get; init; }

    /// <summary>Who says so: a site, or whoever sent it.</summary>
    public required string By { get; init; }

    /// <summary>The identifiers of this statement and of those that others join to them, each of its sender's issuer.</summary>
    public required IReadOnlyList<PatientIdentifier> Joined { get; init; }

    /// <summary>Cases, open and closed, of every patient that one of all these identifiers is linked to.</summary>
    public required IReadOnlyList<CaseFile> Linked { get; init; }

    /// <summary>The case in whose history the statement is already.</summary>
    public CaseNumber Current { get; init; }

    /// <summary>Links that nothing but this statement speaks for.</summary>
    public IReadOnlyList<IdentifierLink> Own { get; init; } = [];

    /// <summary>Links that nothing but statements like this speak for: two of them do not prove each other.</summary>
    public IReadOnlyList<IdentifierLink> Merged { get; init; } = [];

    /// <summary>The type only: the cases name patients.</summary>
    public override string ToString() => nameof(MergeEvidence);
}
