using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Inbox;

/// <summary>All that is held and names one patient.</summary>
public sealed record InboxPatient
{
    /// <summary>The record that came first; it stands for the group, and names it.</summary>
    public required HeldRecord First { get; init; }

    /// <summary>How many records there are.</summary>
    public required int Count { get; init; }

    /// <summary>Its studies, and each record that is no image, in the order in which they came.</summary>
    public required IReadOnlyList<InboxStudy> Studies { get; init; }

    /// <summary>The cases that it may belong to, or was sent for, with what speaks for and against each; best first.</summary>
    public IReadOnlyList<CaseMatch> Matches { get; init; } = [];

    /// <summary>The type only: the record names a patient.</summary>
    public override string ToString() => nameof(InboxPatient);
}
