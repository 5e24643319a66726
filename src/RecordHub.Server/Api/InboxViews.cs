namespace RecordHub.Server.Api;

// What the JSON interface answers of the inbox, of what was taken out of cases, and of who had read it: one closed family.

/// <summary>Some of the inbox, grouped by patient as claimed; <c>next</c> is what the next page is asked for with.</summary>
public sealed record InboxPageView(IReadOnlyList<InboxPatientView> Groups, int Total, int Records, string? Next);

/// <summary>All that is held and names one patient. Its id is that of the first record.</summary>
public sealed record InboxPatientView(
    string Id, string Tenant, ClaimView Claimed, int Count, DateTimeOffset Since, IReadOnlyList<InboxStudyView> Studies,
    IReadOnlyList<CaseMatchView> Matches)
{
    /// <inheritdoc />
    public override string ToString() => nameof(InboxPatientView);
}

/// <summary>Whose a record says it is.</summary>
public sealed record ClaimView(
    IReadOnlyList<string> Names, string? BirthDate, string? Sex, IReadOnlyList<string> Identifiers)
{
    /// <inheritdoc />
    public override string ToString() => nameof(ClaimView);
}

/// <summary>Held records of one study, or one that is no image; the first one stands for all.</summary>
public sealed record InboxStudyView(int Count, IReadOnlyList<string> Reasons, InboxItemView First)
{
    /// <inheritdoc />
    public override string ToString() => nameof(InboxStudyView);
}

/// <summary>A case beside a record: both sides, field by field.</summary>
public sealed record CaseMatchView(
    long Case, string Family, string Given, string BirthDate, string Grade, double Bits, IReadOnlyList<string> Vetoes,
    IReadOnlyList<FieldView> Fields)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CaseMatchView);
}

/// <summary>How one field agrees, and what that weighs.</summary>
public sealed record FieldView(string Field, string Level, double Bits, string Record, string Known)
{
    /// <inheritdoc />
    public override string ToString() => nameof(FieldView);
}

/// <summary>A held record that a decision would file: <c>chosen</c>, <c>same-study</c>, <c>same-patient</c> or <c>identifier</c>.</summary>
public sealed record MovedView(string Id, string Title, string Because, long Case);

/// <summary>Which published versions hold what has left a case, what its readers are told, and who they are.</summary>
public sealed record WithdrawnView(long Case, IReadOnlyList<int> Versions, string Notice, IReadOnlyList<ReaderView> Readers);

/// <summary>Who opened a version: <c>package</c>, or <c>records</c> and <c>images</c> of the case while it was current.</summary>
public sealed record ReaderView(
    int Version, string Name, string Role, string Kind, DateTimeOffset First, DateTimeOffset Last, DateTimeOffset? WithdrawnAt);

/// <summary>A held record that was sent for a case and is somebody else's, for whoever sent it.</summary>
public sealed record AlertView(string Record, long Case, string Door, string? Site, string? Sender, DateTimeOffset ReceivedAt, string Text);

/// <summary>What a split moved.</summary>
public sealed record SplitView(int Moved, int Left, IReadOnlyList<string> Records, WithdrawnView? Withdrawn);
