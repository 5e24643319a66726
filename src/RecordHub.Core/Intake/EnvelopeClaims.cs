using RecordHub.Core.Identity;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Intake;

/// <summary>Whom the e-mail names that a file came in, and the other files in it. Evidence against a file that names nobody.</summary>
internal sealed class EnvelopeClaims(IItemStore items, Func<ReceivedItem, CancellationToken, Task<Normalized>> read)
{
    private const string Where = "the e-mail that it came in";

    // Longer chains of e-mails in e-mails are not taken apart.
    private const int MostEnvelopes = 4;

    /// <summary>The parts, those that name nobody with whom their envelopes name.</summary>
    internal async Task<IReadOnlyList<PatientRecord>> AddAsync(
        IReadOnlyList<PatientRecord> parts, ReceivedItem item, CancellationToken cancellationToken)
    {
        if (item.Source.Within is null || !parts.Any(IsNamelessOne))
        {
            return parts;
        }

        List<EmbeddedClaim> claims = [];
        ReceivedItem inner = item;
        for (int i = 0; i < MostEnvelopes && await FindAsync(inner, cancellationToken) is { } outer; i++)
        {
            if (await read(outer, cancellationToken) is Normalized.Records mail)
            {
                claims.AddRange(mail.Parts.SelectMany(part => (part.Claim.Inside ?? []).Select(one => one.Claim).Prepend(part.Claim))
                    .Where(claim => !claim.IsNobody).Select(claim => new EmbeddedClaim(Where, claim with { Inside = null })));
            }

            inner = outer;
        }

        return claims is [] ? parts
            : [.. parts.Select(part => !IsNamelessOne(part)
                ? part : part with { Claim = part.Claim with { Inside = [.. part.Claim.Inside ?? [], .. claims] } })];
    }

    private static bool IsNamelessOne(PatientRecord part) => part.Claim.NamesNobody && part.Merge is null;

    // The sender says which it is: another tenant's says nothing here.
    private async Task<ReceivedItem?> FindAsync(ReceivedItem inner, CancellationToken cancellationToken) =>
        ItemId.TryParse(inner.Source.Within, out ItemId id) && id != inner.Id
        && await items.FindAsync(id, cancellationToken) is { Received: { Kind: ContentKind.Mail } mail }
        && mail.Source.Tenant == inner.Source.Tenant ? mail : null;
}
