namespace RecordHub.Core.Completeness;

/// <summary>What is known of a study only at this moment and in this place: never part of a package.</summary>
internal sealed record Arrival
{
    /// <summary>Associations that have sent to the study and are open.</summary>
    internal int OpenAssociations { get; init; }

    /// <summary>Orders for storage commitment that name instances of the study.</summary>
    internal IReadOnlyList<OrderEvidence> Orders { get; init; } = [];

    /// <summary>How long ago the last instance came; null when nobody knows.</summary>
    internal TimeSpan? Quiet { get; init; }
}
