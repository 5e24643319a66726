using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;

namespace RecordHub.Core.Cases;

/// <summary>A case at a glance.</summary>
public sealed record CaseView
{
    /// <summary>The case.</summary>
    public required CaseFile File { get; init; }

    /// <summary>The id of its ServiceRequest.</summary>
    public required string ServiceRequestId { get; init; }

    /// <summary>The id of its coordination Task.</summary>
    public required string TaskId { get; init; }

    /// <summary>How many resources of each type were filed, by type; what RecordHub makes itself is not counted.</summary>
    public required IReadOnlyDictionary<string, int> Resources { get; init; }

    /// <summary>How many DICOM studies it holds.</summary>
    public required int Studies { get; init; }

    /// <summary>How many DICOM instances it holds.</summary>
    public required int Instances { get; init; }

    /// <summary>How many held records suggest this case.</summary>
    public required int HeldSuggestions { get; init; }

    /// <summary>The latest package version; null before the first.</summary>
    public int? PackageVersion { get; init; }

    /// <summary>What is here and what is missing.</summary>
    public required ChecklistReport Missing { get; init; }

    /// <summary>Whether each study is complete at this moment.</summary>
    public required IReadOnlyList<StudyCompleteness> Completeness { get; init; }

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(CaseView);
}
