using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Retention;

namespace RecordHub.Core.Uploads;

/// <summary>Makes, opens and revokes the upload links of cases. A secret is 256 random bits; only its hash is kept.</summary>
public sealed class UploadLinkDesk(IUploadLinkStore links, ICaseStore cases, UploadRules rules, TimeProvider time)
{
    /// <summary>The longest time that a link may be made for.</summary>
    public const int MostDays = 365;

    /// <summary>The longest label.</summary>
    public const int MostLabel = 100;

    private const int MostOpen = 100;
    private const int SecretBytes = 32;
    private const int SecretCharacters = 43;

    private static readonly SearchValues<char> s_base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes a link.</summary>
    /// <param name="number">The case.</param>
    /// <param name="days">For how many days it takes files; null for as many as the settings say.</param>
    /// <param name="label">Whom it is for; names no patient. Null or empty for nobody in particular.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<UploadLinkOutcome> CreateAsync(
        CaseNumber number, int? days, string? label, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is not { } file)
        {
            return new UploadLinkOutcome.NotFound();
        }

        string words = label?.Trim() ?? string.Empty;
        if (Check(file, days, words) is { } refused)
        {
            return refused;
        }

        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        DateTimeOffset now = time.GetUtcNow();
        UploadLink link = new(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), number, HashOf(secret), words, by, now,
            now.AddDays(days ?? rules.LinkDays));
        return await links.AddAsync(link, MostOpen, cancellationToken).ConfigureAwait(false)
            ? new UploadLinkOutcome.Made(link, secret)
            : new UploadLinkOutcome.Refused(
                $"Case {number} has {MostOpen} upload links, or was closed meanwhile.", "Revoke links that are not needed any more.");
    }

    /// <summary>The links of a case, oldest first; null when there is no case of this number within the scope.</summary>
    public async Task<IReadOnlyList<UploadLink>?> ListAsync(
        CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is null
            ? null : await links.ListAsync(number, cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a link take nothing any more; false when the case has none of this id that takes files.</summary>
    public async Task<bool> RevokeAsync(
        CaseNumber number, string id, string by, AccessScope scope, CancellationToken cancellationToken) =>
        await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is not null
        && await links.RevokeAsync(number, id, by, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);

    /// <summary>The link of a secret; null when it takes nothing, for whatever reason: nobody is told which.</summary>
    public async Task<FoundUploadLink?> OpenAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length != SecretCharacters || secret.AsSpan().ContainsAnyExcept(s_base64Url))
        {
            return null;
        }

        FoundUploadLink? found = await links.FindAsync(HashOf(secret), cancellationToken).ConfigureAwait(false);
        return found?.IsOpenAt(time.GetUtcNow()) == true ? found : null;
    }

    private static UploadLinkOutcome.Refused? Check(CaseFile file, int? days, string label)
    {
        if (!file.IsOpen)
        {
            return new UploadLinkOutcome.Refused(
                $"Case {file.Number} is {file.Status}, and takes nothing any more.", "Reopen it first, if it is to take records again.");
        }

        if (days is < 1 or > MostDays)
        {
            return new UploadLinkOutcome.Refused(
                $"A link cannot be made for {days} days.", $"Name a whole number of days from 1 to {MostDays}.");
        }

        return label.Length > MostLabel || label.Any(char.IsControl)
            ? new UploadLinkOutcome.Refused(
                $"The label is longer than {MostLabel} characters, or is not one line.", "Say in a few words whom the link is for.")
            : label.Length > 0 && PurgeReason.Check(label, file.Patient) is not null
                ? new UploadLinkOutcome.Refused(
                    "The label names the patient.", "The journal keeps it: write it without name and identifiers, such as: clinic North.")
                : null;
    }

    private static ContentHash HashOf(string secret) =>
        ContentHash.FromDigest(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
