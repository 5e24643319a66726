using RecordHub.Core.Cases;

namespace RecordHub.Core.Inbox;

/// <summary>A part of a study in a case: named series, named instances, or all of it when neither is named.</summary>
public sealed record StudyShare
{
    /// <summary>The case that it is in.</summary>
    public required CaseNumber Case { get; init; }

    /// <summary>The study.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Series Instance UIDs.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>SOP Instance UIDs.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];
}
