using RecordHub.Core.Access;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Sql;

/// <summary>
/// Other items look different once it is learnt, or unlearnt, whose an identifier is, or where images of their study are. They are asked for in the commit that
/// says so, and due when whoever files should have looked at them: that takes their rows away.
/// </summary>
internal static class OwedLooks
{
    /// <summary>In milliseconds.</summary>
    internal const long Delay = 15_000;

    /// <summary>Asks, after the rows of what is saved were removed: these were decided on before, and may be among them.</summary>
    internal static async ValueTask AskAsync(Session session, IReadOnlyList<FilingInHand> saved, long now)
    {
        SortedSet<string> others = new(StringComparer.Ordinal);
        foreach (FilingInHand one in saved.Where(one => one.Filing.OwesLooks))
        {
            others.UnionWith(await CarriersAsync(session, [.. one.Learnt], alsoFiled: false, one.Tenant).ConfigureAwait(false));
            others.UnionWith(await CarriersAsync(
                session, [.. one.Forgotten.Union(one.Filing.Rejoined)], alsoFiled: true, one.Tenant).ConfigureAwait(false));
        }

        foreach (string other in others)
        {
            OutboxRows.Ask(session, OutboxTopic.Item, other, now + Delay);
        }

        // Whoever files looks at none of these.
        foreach (IGrouping<Tenant, FilingInHand> tenant in saved.GroupBy(one => one.Tenant))
        {
            HeldRecord[] named = [.. tenant.SelectMany(one => one.Filing.Records).Where(record => !record.Claim.NamesNobody)];
            foreach (ItemId mate in await RecordKeyRows.FindStudyMatesAsync(session, named, tenant.Key).ConfigureAwait(false))
            {
                OutboxRows.Ask(session, OutboxTopic.Item, mate.ToString(), now);
            }
        }
    }

    private static async ValueTask<IEnumerable<string>> CarriersAsync(
        Session session, PatientIdentifier[] identifiers, bool alsoFiled, Tenant tenant) => identifiers.Length == 0 ? []
        : (await RecordKeyRows.FindCarriersAsync(session, identifiers, tenant, alsoFiled).ConfigureAwait(false))
            .Select(static item => item.ToString());
}
