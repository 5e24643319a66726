namespace RecordHub.Core.Completeness;

/// <summary>What a sender has listed or counted of a study, apart from the instances themselves.</summary>
internal sealed record SenderList
{
    /// <summary>What carries the list, for people: "a key object selection".</summary>
    internal required string Carrier { get; init; }

    /// <summary>Whether it means to list all of the study, rather than some of it.</summary>
    internal required bool IsWhole { get; init; }

    /// <summary>The instances that it names, each with its series.</summary>
    internal IReadOnlyList<(string Series, string Sop)> Named { get; init; } = [];

    /// <summary>How many instances it counts in a series.</summary>
    internal IReadOnlyList<(string Series, int Count)> SeriesCounts { get; init; } = [];

    internal int? Series { get; init; }

    internal int? Instances { get; init; }
}
