using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity;

/// <summary>What is known on our side when a record has to find its case.</summary>
public sealed record AssignmentEvidence
{
    /// <summary>The case that the sender named; none when it named none.</summary>
    public CaseNumber NamedNumber { get; init; }

    /// <summary>That case; null when there is no such case.</summary>
    public CaseFile? Named { get; init; }

    /// <summary>Cases, open and closed, of every patient that one of the claim's identifiers is linked to.</summary>
    public IReadOnlyList<CaseFile> Linked { get; init; } = [];

    /// <summary>Cases, open and closed, of patients whose name and birth date may be the record's.</summary>
    public IReadOnlyList<CaseFile> Candidates { get; init; } = [];

    /// <summary>Whether there are candidates that were not looked at: then none of them is certain.</summary>
    public bool MoreCandidates { get; init; }

    /// <summary>Whether other records of the same file name somebody.</summary>
    public bool AmongOthers { get; init; }

    /// <summary>The type only: the cases name patients.</summary>
    public override string ToString() => nameof(AssignmentEvidence);
}
