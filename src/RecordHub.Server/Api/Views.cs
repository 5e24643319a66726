namespace RecordHub.Server.Api;

// What the JSON interface answers: one closed family. The commands print the same shapes.

/// <summary>
/// A case just opened. The upload link is shown this once; it begins with the path where no address of the service is known.
/// </summary>
public sealed record CreatedCaseView(long Case, string Id, string? UploadLink, string AeTitle)
{
    /// <summary>The case's id only: who has the link may send for it.</summary>
    public override string ToString() => Id;
}

/// <summary>A case in a list.</summary>
public sealed record CaseLineView(
    long Case, string Status, string Specialty, string Family, string Given, string BirthDate, DateTimeOffset CreatedAt,
    string Tenant)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CaseLineView);
}

/// <summary>A case at a glance.</summary>
public sealed record CaseDetailsView
{
    public required long Case { get; init; }

    public required string Tenant { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>Counts the changes of its state; a move may name it in If-Match.</summary>
    public required int Revision { get; init; }

    /// <summary>Its legal hold; null without.</summary>
    public HoldView? Hold { get; init; }

    /// <summary>When the rules let it be purged; null when they do not.</summary>
    public DateTimeOffset? PurgeDue { get; init; }

    public required string Specialty { get; init; }

    public required string Family { get; init; }

    public required string Given { get; init; }

    public required string BirthDate { get; init; }

    public string? Sex { get; init; }

    public required string Question { get; init; }

    public required string Id { get; init; }

    public required string PatientId { get; init; }

    public required IReadOnlyDictionary<string, int> Resources { get; init; }

    public required int Studies { get; init; }

    public required int Instances { get; init; }

    public required int Held { get; init; }

    public int? PackageVersion { get; init; }

    public required IReadOnlyList<FindingView> Missing { get; init; }

    public required IReadOnlyList<StudyView> Completeness { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(CaseDetailsView);
}

/// <summary>One line of what is here and what is missing.</summary>
public sealed record FindingView(
    string Item, string Label, string Level, string Outcome, bool Blocker, string Detail, string Reason, string AskText);

/// <summary>What is missing in a case, and whether each of its studies is complete at this moment.</summary>
public sealed record MissingView(
    long Case, string Specialty, string Note, IReadOnlyList<FindingView> Findings, IReadOnlyList<StudyView> Studies);

/// <summary>Whether a study is complete: <c>complete</c>, <c>arriving</c>, <c>partial</c> or <c>unknown</c>.</summary>
public sealed record StudyView(
    string StudyInstanceUid, string Name, int Instances, string State, IReadOnlyList<EvidenceView> Reasons);

/// <summary>One piece of evidence: its kind, what it speaks for (<c>lacks</c>, <c>vouches</c>, <c>coming</c>, <c>note</c>), and a sentence.</summary>
public sealed record EvidenceView(string Kind, string Weight, string Sentence);

/// <summary>A letter to ask for records with.</summary>
public sealed record LetterView(long Case, string Letter)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LetterView);
}

/// <summary>A record in the inbox.</summary>
public sealed record InboxItemView
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string State { get; init; }

    public required string Reason { get; init; }

    public required string Explanation { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }

    public required IReadOnlyList<long> SuggestedCases { get; init; }

    public long? Case { get; init; }

    public required string Title { get; init; }

    public required string Kind { get; init; }

    public required string Door { get; init; }

    public string? Site { get; init; }

    public string? FileName { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? StudyInstanceUid { get; init; }

    /// <summary>The cases that it may belong to, with the evidence; null where a record is not shown by itself.</summary>
    public IReadOnlyList<CaseMatchView>? Matches { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(InboxItemView);
}

/// <summary>
/// A record after a person's decision, how many others went with it, and which published versions hold what left a case.
/// </summary>
public sealed record DecidedView(InboxItemView Record, int Others, WithdrawnView? Withdrawn);

/// <summary>A published package.</summary>
public sealed record PublishedView(long Case, int Version, string Digest, bool Created, IReadOnlyList<FindingView> Warnings);

/// <summary>A package version.</summary>
public sealed record PackageView(
    long Case, int Version, string Digest, long Length, DateTimeOffset CreatedAt, string CreatedBy, string? OverrideReason,
    IReadOnlyList<PackageEntryView> Entries);

/// <summary>One thing in a package.</summary>
public sealed record PackageEntryView(string Reference, string Title, string Section, string Content)
{
    /// <inheritdoc />
    public override string ToString() => Reference;
}

/// <summary>One difference between two versions.</summary>
public sealed record PackageChangeView(string Kind, PackageEntryView Entry);

/// <summary>A token; the secret only when it was just made, and no tenant when it is one of all tenants.</summary>
public sealed record TokenView(
    string Id, string Name, string Role, IReadOnlyList<long> Cases, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt,
    string? Tenant, string? Token = null, string? Site = null)
{
    /// <inheritdoc />
    public override string ToString() => Id;
}

/// <summary>What became of one record of an imported file.</summary>
/// <param name="Kind">What it is, a name of <see cref="Core.Intake.ContentKind"/>.</param>
/// <param name="Outcome"><c>filed</c>, <c>held</c>, <c>rejected</c>, <c>duplicate</c>, <c>conflict</c> or <c>ignored</c>.</param>
/// <param name="Reason">A short code, and behind a colon a sentence; empty when there is nothing to say.</param>
/// <param name="Item">Our name for it; null when nothing was kept.</param>
/// <param name="Case">The case it is in; null when in none.</param>
/// <param name="Alert">What its sender has to hear: it was sent for a case and is somebody else's; null when it is not.</param>
public sealed record ImportedView(
    string Kind, string Outcome, string Reason, string? Item, long? Case, string? Alert = null)
{
    /// <summary>What of the file was not taken, such as a line that is not a FHIR resource; empty when all of it was.</summary>
    public IReadOnlyList<string> Warnings { get => field ?? []; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(ImportedView);
}

/// <summary>How much waits to be worked on.</summary>
public sealed record PipelineView(long Waiting, bool Idle);

/// <summary>Something that failed on its way to a case.</summary>
/// <param name="Topic"><c>item</c> or <c>study</c>.</param>
/// <param name="Key">The item's id, or a study's case and UID.</param>
/// <param name="Attempts">Attempts that failed by themselves.</param>
/// <param name="Setbacks">Times that it was put off because an engine was away.</param>
/// <param name="LastError">The type of the last error.</param>
/// <param name="Since">When it failed first.</param>
/// <param name="NextAttempt">When it is tried again; null when it was given up.</param>
public sealed record FailedView(
    string Topic, string Key, int Attempts, int Setbacks, string LastError, DateTimeOffset Since, DateTimeOffset? NextAttempt);

/// <summary>How many are tried again.</summary>
public sealed record RetriedView(int Count);

/// <summary>An item that was dropped.</summary>
public sealed record DroppedView(string Key, string State);

/// <summary>Which parts work.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> (doors take all the same) or <c>unavailable</c>.</param>
/// <param name="Parts">All that were looked at.</param>
public sealed record ReadinessView(string Status, IReadOnlyList<ReadinessPartView> Parts);

/// <summary>One part; the detail says what is wrong.</summary>
public sealed record ReadinessPartView(string Part, bool Ok, string? Detail);
