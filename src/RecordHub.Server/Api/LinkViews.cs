using RecordHub.Core.Cases;
using RecordHub.Core.Links;

namespace RecordHub.Server.Api;

// Links between identifiers and patients, as the JSON interface shows them: one closed family.

/// <summary>The links of a case's patient; after a decision, how many records were looked at again.</summary>
public sealed record LinksView(long Case, IReadOnlyList<LinkView> Links, int? LookedAtAgain = null)
{
    public static LinksView Of(CaseNumber number, IReadOnlyList<KnownLink> links, int? again = null) => new(
        number.Value,
        [
            .. links.Select(link => new LinkView(
                link.Identifier.Issuer, link.Identifier.Value, link.Stands, link.Because, link.Since, link.Items,
                [.. link.Speakers.Select(one => new LinkSpeakerView(one.Record.ToString(), one.Reason, one.By, one.At))],
                [.. link.Decisions.Select(one => new LinkDecisionView(one.IsTakenBack, one.Reason, one.By, one.At))])),
        ],
        again);
}

/// <summary>An identifier that is, or was, the patient's.</summary>
public sealed record LinkView(
    string Issuer, string Value, bool Stands, string Because, DateTimeOffset Since, int Items,
    IReadOnlyList<LinkSpeakerView> Speakers, IReadOnlyList<LinkDecisionView> Decisions)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LinkView);
}

/// <summary>A record that speaks for it.</summary>
public sealed record LinkSpeakerView(string Record, string Reason, string By, DateTimeOffset At);

/// <summary>A person's decision on it.</summary>
public sealed record LinkDecisionView(bool TakenBack, string Reason, string By, DateTimeOffset At);

/// <summary>A person's decision on a link.</summary>
public sealed record LinkRequest(string? Issuer, string? Value, string? Reason)
{
    /// <inheritdoc />
    public override string ToString() => nameof(LinkRequest);
}
