using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Uploads;

/// <summary>An upload link as it is kept: of its secret only the hash.</summary>
/// <param name="Id">Names it in lists, in the journal and in provenance; no secret.</param>
/// <param name="Case">The case that its files are sent for.</param>
/// <param name="Hash">SHA-256 of the secret (256 random bits, so no salt is needed).</param>
/// <param name="Label">Whom it was made for, in its maker's words; names no patient.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it takes files.</param>
/// <param name="EndedAt">When it was revoked or its case was closed; null while neither was.</param>
/// <param name="Taken">What was kept of what came by it.</param>
public sealed record UploadLink(
    string Id, CaseNumber Case, ContentHash Hash, string Label, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt = null, UploadShare Taken = default)
{
    /// <summary>Whether it takes files at this time.</summary>
    public bool IsOpenAt(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    /// <summary>How it is named where a sender is named.</summary>
    public string Sender => $"upload link {Id}";

    /// <summary>The id only.</summary>
    public override string ToString() => Id;
}
