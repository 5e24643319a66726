namespace RecordHub.Core.Resources;

/// <summary>
/// One match of a search by QIDO-RS or C-FIND. <see cref="Sample"/> is, of the level's instances, the one with the smallest SOP
/// Instance UID, so that the answer does not depend on the order of arrival; across cases, that of the first series in the first
/// case, and of a site's own or of one instance in several cases the one that was filed first.
/// </summary>
public sealed record InstanceMatch
{
    public required StoredInstance Sample { get; init; }

    /// <summary>(0020,1200) of a patient; 0 at other levels.</summary>
    public int NumberOfStudies { get; init; }

    /// <summary>(0020,1202) or (0020,1206); 0 below study level.</summary>
    public int NumberOfSeries { get; init; }

    /// <summary>(0020,1204), (0020,1208) or (0020,1209); 1 at instance level, and 0 where they were not to be counted.</summary>
    public int NumberOfInstances { get; init; }

    /// <summary>(0008,0061), in ordinal order; empty below study level.</summary>
    public IReadOnlyList<string> ModalitiesInStudy { get; init; } = [];

    /// <summary>The type only: the sample names a patient.</summary>
    public override string ToString() => nameof(InstanceMatch);
}
