using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>Collects what is known when a sender joins identifiers, over all statements that join them to further ones.</summary>
internal sealed class MergeSearch(IItemStore items, ICaseStore cases)
{
    // Longer chains of merges than this do not occur; what lies beyond is looked at when its own turn comes.
    private const int MostRounds = 16;
    private const int MostIdentifiers = 200;

    internal async Task<MergeEvidence> CollectAsync(
        PatientClaim claim, AssignmentEvidence evidence, Source source, CancellationToken cancellationToken)
    {
        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        HashSet<PatientIdentifier> joined = [.. Own(issued, source)];
        IReadOnlyList<PatientIdentifier> open = [.. joined];
        for (int round = 0; round < MostRounds && open.Count > 0 && joined.Count < MostIdentifiers; round++)
        {
            IReadOnlyList<HeldRecord> others = await items.FindByReasonAsync(
                open, [MergeDecision.MergedReason, MergeDecision.NobodyReason], source.Tenant, cancellationToken);
            open = [.. others.SelectMany(one => Own(Identifiers.Issued(one.Claim.Identifiers), one.Item.Source)).Where(joined.Add)];
        }

        IReadOnlyList<PatientIdentifier> all = [.. joined.Union(issued)];
        return new MergeEvidence
        {
            Issuer = IssuerOf(source),
            By = source.Site ?? source.Sender ?? "a sender that is no known site",
            Joined = [.. joined],
            Linked = await cases.FindByIdentifiersAsync(all, source.Tenant, cancellationToken),
            Current = evidence.Current,
            Own = evidence.Own,
            Merged = await items.FindLinksOfReasonAsync(all, MergeDecision.MergedReason, source.Tenant, cancellationToken),
        };
    }

    private static IEnumerable<PatientIdentifier> Own(IReadOnlyList<PatientIdentifier> issued, Source source) =>
        issued.Where(one => one.Issuer == IssuerOf(source));

    // A site joins what it issues itself. Without a site there is nobody who has issued anything.
    private static string? IssuerOf(Source source) => source.Site is null || string.IsNullOrWhiteSpace(source.DefaultIssuer)
        ? null : Identifiers.Canonical(new PatientIdentifier(source.DefaultIssuer, string.Empty)).Issuer;
}
