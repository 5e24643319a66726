namespace RecordHub.Core.Checklists;

/// <summary>How much a specialist needs something.</summary>
public enum ChecklistLevel
{
    /// <summary>No opinion without it.</summary>
    Required,

    /// <summary>Better with it.</summary>
    Wanted,

    /// <summary>Only where it exists or applies.</summary>
    Conditional,
}
