using RecordHub.Core.Identity;

namespace RecordHub.Core.Links;

/// <summary>An identifier that is, or was, a patient's: how that came to be known, who speaks for it, and what people said.</summary>
public sealed record KnownLink
{
    /// <summary>The identifier within its issuer.</summary>
    public required PatientIdentifier Identifier { get; init; }

    /// <summary>How it first came to be known: <c>case</c>, <c>verified</c>, <c>assigned by NAME</c>, <c>A40 of SITE</c>…</summary>
    public required string Because { get; init; }

    /// <summary>Since when; when the case was opened for what the case itself names.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many items speak for it.</summary>
    public required int Items { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<LinkSpeaker> Speakers { get; init; }

    /// <summary>What people decided on it, latest first.</summary>
    public required IReadOnlyList<LinkDecision> Decisions { get; init; }

    /// <summary>Whether it stands, and has not been taken back.</summary>
    public bool Stands => Decisions is not [{ IsTakenBack: true }, ..];

    /// <summary>The type only: an identifier is a patient's.</summary>
    public override string ToString() => nameof(KnownLink);
}
