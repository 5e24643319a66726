namespace RecordHub.Core.Checklists;

/// <summary>One thing that a specialty needs.</summary>
public sealed record ChecklistItem
{
    public required string Id { get; init; }
    public required string Label { get; init; }

    /// <summary>The key of the package's section that it would stand in.</summary>
    public required string Section { get; init; }

    /// <summary>What counts as it: any of these.</summary>
    public required IReadOnlyList<ChecklistMatch> Matches { get; init; }
    public required ChecklistLevel Level { get; init; }

    /// <summary>How many are needed; results of one day count as one.</summary>
    public int MinCount { get; init; } = 1;

    /// <summary>How old the newest may be, counted from the newest date in the case; null: any age.</summary>
    public int? MaxAgeDays { get; init; }

    /// <summary><c>ImagingStudy</c>: one is needed for each study.</summary>
    public string? PairWith { get; init; }

    /// <summary>Why it is needed.</summary>
    public required string Reason { get; init; }

    /// <summary>What to ask a site for.</summary>
    public required string AskText { get; init; }
}
