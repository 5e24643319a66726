namespace RecordHub.Core.Completeness;

/// <summary>All that is known of whether a study is complete. The order of its parts means nothing.</summary>
internal sealed record StudyEvidence
{
    /// <summary>The instances that are here, each SOP Instance UID once.</summary>
    internal required IReadOnlyList<InstanceEvidence> Instances { get; init; }

    internal IReadOnlyList<SenderList> Lists { get; init; } = [];

    /// <summary>Null where the verdict has to follow from content alone.</summary>
    internal Arrival? Arrival { get; init; }

    /// <summary>The series for people: by its number, else by the end of its UID.</summary>
    internal string NameOf(string series) =>
        Instances.Where(one => one.Series == series).Min(one => one.SeriesNumber) is { } number
            ? FormattableString.Invariant($"series {number}")
            : $"the series whose UID ends in {series[^Math.Min(8, series.Length)..]}";
}
