namespace RecordHub.Core.Completeness;

/// <summary>What one instance's header says of itself and of its series and study. Null: it says nothing, or nothing usable.</summary>
internal sealed record InstanceEvidence
{
    internal required string Series { get; init; }

    internal required string Sop { get; init; }

    internal int? SeriesNumber { get; init; }

    /// <summary>Whether it is one of several slices, which scanners number one after the other.</summary>
    internal bool IsSlice { get; init; }

    internal int? Number { get; init; }

    internal int? Acquisition { get; init; }

    internal int Frames { get; init; } = 1;

    /// <summary>Number of Study Related Series (0020,1206).</summary>
    internal int? StudySeries { get; init; }

    /// <summary>Number of Study Related Instances (0020,1208).</summary>
    internal int? StudyInstances { get; init; }

    /// <summary>Number of Series Related Instances (0020,1209).</summary>
    internal int? SeriesInstances { get; init; }

    /// <summary>Images in Acquisition (0020,1002).</summary>
    internal int? AcquisitionImages { get; init; }
}
