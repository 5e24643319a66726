namespace RecordHub.Core.Checklists;

/// <summary>What is the matter with one thing that a case needs.</summary>
public enum ChecklistOutcome
{
    /// <summary>It is here.</summary>
    Present,

    /// <summary>It is not here.</summary>
    Missing,

    /// <summary>It is here, but too old.</summary>
    Stale,

    /// <summary>Fewer than asked for, or with gaps in the numbering.</summary>
    Partial,

    /// <summary>A report whose images are not here.</summary>
    ReportWithoutImages,

    /// <summary>Images without a report.</summary>
    ImagesWithoutReport,

    /// <summary>Something came for this case that nobody can read.</summary>
    Unreadable,

    /// <summary>Something that may belong here waits in the inbox.</summary>
    HeldIdentity,
}
