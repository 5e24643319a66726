using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>One record with its outcome: the row behind the inbox and behind the importer's lines.</summary>
public sealed record HeldRecord
{
    /// <summary>Begins the line of evidence that says what of the item could not be read.</summary>
    internal const string LossMark = "not-read: ";

    /// <summary>Its name.</summary>
    public required RecordId Id { get; init; }

    /// <summary>The revision of its item's row; a decision names it.</summary>
    public required int Revision { get; init; }

    /// <summary>What became of it.</summary>
    public required RecordState State { get; init; }

    /// <summary>A short code such as <c>no-matching-case</c>, <c>patient-disagrees</c>, <c>conflict</c>, <c>unreadable</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>One sentence for a coordinator; may name the patient, so it is shown to authorised people only.</summary>
    public required string Explanation { get; init; }

    /// <summary>What spoke for and against, a line each.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What of it was not taken, a line each; no patient data. Empty when all of it was.</summary>
    public IReadOnlyList<string> Losses =>
        [.. Evidence.Where(line => line.StartsWith(LossMark, StringComparison.Ordinal)).Select(line => line[LossMark.Length..])];

    /// <summary>The case it is in; none when it is in none.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>Cases that it could belong to.</summary>
    public IReadOnlyList<CaseNumber> SuggestedCases { get; init; } = [];

    /// <summary>What it is, in words: "CT image", "Discharge summary".</summary>
    public required string Title { get; init; }

    /// <summary>Whose it says it is.</summary>
    public required PatientClaim Claim { get; init; }

    /// <summary>The study it belongs to; null when it is no image.</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>The item as received.</summary>
    public required ReceivedItem Item { get; init; }

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(HeldRecord);
}
