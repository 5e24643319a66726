namespace RecordHub.Cli.Hub;

// What commands print and what the service's JSON interface answers: one closed family, the same in both modes.

/// <summary>A failure, as <c>--json</c> writes it to standard error.</summary>
internal sealed record FailureView(string Error, string Advice);

/// <summary>A case just opened.</summary>
internal sealed record CreatedCaseView(long Case, string Id, string? UploadLink, string AeTitle);

/// <summary>A case in a list.</summary>
internal sealed record CaseLineView(
    long Case, string Status, string Specialty, string Family, string Given, string BirthDate, DateTimeOffset CreatedAt)
{
    /// <inheritdoc />
    public override string ToString() => nameof(CaseLineView);
}

/// <summary>A case at a glance.</summary>
internal sealed record CaseDetailsView
{
    public required long Case { get; init; }

    public required string Status { get; init; }

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

    /// <inheritdoc />
    public override string ToString() => nameof(CaseDetailsView);
}

/// <summary>One line of what is here and what is missing.</summary>
internal sealed record FindingView(
    string Item, string Label, string Level, string Outcome, bool Blocker, string Detail, string Reason, string AskText);

/// <summary>What is missing in a case.</summary>
internal sealed record MissingView(long Case, string Specialty, string Note, IReadOnlyList<FindingView> Findings);

/// <summary>A letter to ask for records with.</summary>
internal sealed record LetterView(long Case, string Letter)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LetterView);
}

/// <summary>A record in the inbox.</summary>
internal sealed record InboxItemView
{
    public required string Id { get; init; }

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

    /// <inheritdoc />
    public override string ToString() => nameof(InboxItemView);
}

/// <summary>A record after a person's decision, and how many others of its study went with it.</summary>
internal sealed record DecidedView(InboxItemView Record, int Others);

/// <summary>A published package.</summary>
internal sealed record PublishedView(long Case, int Version, string Digest, bool Created, IReadOnlyList<FindingView> Warnings);

/// <summary>A package version.</summary>
internal sealed record PackageView(
    long Case, int Version, string Digest, long Length, DateTimeOffset CreatedAt, string CreatedBy, string? OverrideReason,
    IReadOnlyList<PackageEntryView> Entries);

/// <summary>One thing in a package.</summary>
internal sealed record PackageEntryView(string Reference, string Title, string Section, string Content)
{
    /// <inheritdoc />
    public override string ToString() => Reference;
}

/// <summary>One difference between two versions.</summary>
internal sealed record PackageChangeView(string Kind, PackageEntryView Entry);

/// <summary>What a look at an exported package showed.</summary>
internal sealed record VerifiedView(bool Ok, int Files, string Digest, IReadOnlyList<string> Problems);

/// <summary>A token; the secret only when it was just made.</summary>
internal sealed record TokenView(
    string Id, string Name, string Role, IReadOnlyList<long> Cases, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt,
    string? Token = null)
{
    /// <inheritdoc />
    public override string ToString() => Id;
}

/// <summary>What one check of <c>doctor</c> found.</summary>
internal sealed record CheckView(string Check, bool Ok, string Detail, string Advice);
