using RecordHub.Core.Uploads;

namespace RecordHub.Server.Api;

// Upload links: one closed family of what is asked and answered.

/// <summary>Makes an upload link; what is left out is as the settings say.</summary>
public sealed record UploadLinkRequest(int? Days = null, string? Label = null);

/// <summary>
/// An upload link. Its address is shown once, when it is made; it begins with the path where no address of the service is known.
/// </summary>
public sealed record UploadLinkView(
    string Id, long Case, string Label, string State, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt, long Files, long Bytes, string? UploadLink)
{
    /// <summary>The link as it is shown.</summary>
    public static UploadLinkView Of(UploadLink link, DateTimeOffset now, string? address = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new UploadLinkView(
            link.Id, link.Case.Value, link.Label,
            link.EndedAt is not null ? "ended" : link.IsOpenAt(now) ? "open" : "expired",
            link.CreatedBy, link.CreatedAt, link.ExpiresAt, link.EndedAt, link.Taken.Files, link.Taken.Bytes, address);
    }

    /// <summary>Where files are sent.</summary>
    /// <param name="service">The address of the service without a slash at its end; empty where it is not known.</param>
    /// <param name="secret">The secret of the link.</param>
    public static string AddressOf(string service, string secret) => $"{service}/u/{secret}";

    /// <summary>The id only.</summary>
    public override string ToString() => Id;
}
