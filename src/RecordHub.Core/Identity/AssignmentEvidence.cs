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

    /// <summary>Whether images of its study name somebody, and are not in the case that the sender named.</summary>
    public bool StudyOfOthers { get; init; }

    /// <summary>The case that the record is in already: running it again changes nothing, though the case was closed since.</summary>
    public CaseNumber Current { get; init; }

    /// <summary>Links that nothing but the record's own item speaks for: they prove nothing of it.</summary>
    public IReadOnlyList<IdentifierLink> Own { get; init; } = [];

    /// <summary>Links of the record's identifiers that a person took back, each with who did.</summary>
    public IReadOnlyList<IdentifierLink> TakenBack { get; init; } = [];

    /// <summary>The type only: the cases name patients.</summary>
    public override string ToString() => nameof(AssignmentEvidence);

    /// <summary>The same as if the record came for the first time.</summary>
    internal AssignmentEvidence WithoutOwn() => Own.Count == 0 ? this : this with
    {
        Named = Named is null ? null : Without(Named),
        Linked = [.. Linked.Select(Without)],
        Candidates = [.. Candidates.Select(Without)],
        Own = [],
    };

    /// <summary>Whether the record may go into the case, or stay there.</summary>
    internal bool Takes(CaseFile file) => file.IsOpen || (file.Number == Current && file.Status != CaseStatus.Purged);

    /// <summary>The cases of a patient that take the record; the one that it is in comes before all others.</summary>
    internal CaseFile[] Open(IEnumerable<CaseFile> files)
    {
        CaseFile[] open = [.. files.Where(Takes)];
        return Array.Find(open, file => file.Number == Current) is { } current ? [current] : open;
    }

    private CaseFile Without(CaseFile file) => file with
    {
        Patient = file.Patient with
        {
            Identifiers = [.. file.Patient.Identifiers
                .Where(one => !Own.Any(link => link.PatientId == file.Patient.Id && link.Identifier == one))],
        },
    };
}
