using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Completeness;

/// <summary>Says of each study of a case whether it is complete now, from its content and from what is going on.</summary>
public sealed class StudyWatch(
    IInstanceStore instances, ICommitmentStore commitments, IItemStore items, IStudyActivity activity, TimeProvider time)
{
    private const int MostOrders = 100;
    private const int MostLookedFor = 200;

    /// <summary>The studies, also those that the case is only told of, ordered by UID.</summary>
    internal async Task<IReadOnlyList<StudyCompleteness>> LookAsync(CaseAnalysis analysis, CancellationToken cancellationToken)
    {
        CaseFile file = analysis.Content.File;
        Dictionary<string, HashSet<string>> here = analysis.Evidence.ToDictionary(
            one => one.Key, one => one.Value.Instances.Select(instance => instance.Sop).ToHashSet(StringComparer.Ordinal));
        ILookup<string, OrderEvidence> orders = await OrdersAsync(file.Tenant, here, cancellationToken).ConfigureAwait(false);
        List<StudyCompleteness> found = [];
        foreach ((string uid, StudyEvidence evidence) in analysis.Evidence.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            IReadOnlyList<StudyDelivery> deliveries = here[uid].Count == 0 ? [] : await instances
                .ReadDeliveriesAsync(new StudyKey(file.Number, uid), cancellationToken).ConfigureAwait(false);
            Arrival arrival = new()
            {
                OpenAssociations = activity.CountOpen(file.Tenant, here[uid]),
                Orders = [.. orders[uid]],
                Quiet = deliveries.Count > 0 ? time.GetUtcNow() - deliveries.Max(one => one.Last) : null,
            };
            found.Add(new StudyCompleteness(
                uid, analysis.NameOf(uid), here[uid].Count, CompletenessDecision.Decide(evidence with { Arrival = arrival })));
        }

        return found;
    }

    private async Task<ILookup<string, OrderEvidence>> OrdersAsync(
        Tenant tenant, Dictionary<string, HashSet<string>> here, CancellationToken cancellationToken)
    {
        List<(string Study, OrderEvidence Order)> found = [];
        foreach (CommitmentOrder order in await commitments
            .ListOrdersAsync(tenant, MostOrders, cancellationToken).ConfigureAwait(false))
        {
            HashSet<string> named = [.. order.References.Select(one => one.SopInstanceUid)];
            (string Study, int Count)[] studies =
                [.. here.Select(one => (one.Key, one.Value.Count(named.Contains))).Where(one => one.Item2 > 0)];
            if (studies.Length == 0)
            {
                continue;
            }

            named.RemoveWhere(uid => here.Values.Any(study => study.Contains(uid)));
            (int missing, bool elsewhere) = await MissingAsync(named, tenant, cancellationToken).ConfigureAwait(false);
            found.AddRange(studies.Select(one =>
                (one.Study, new OrderEvidence(one.Count, missing, studies.Length == 1 && !elsewhere))));
        }

        return found.ToLookup(one => one.Study, one => one.Order);
    }

    // What waits in the inbox or is in another case did come.
    private async Task<(int Missing, bool Elsewhere)> MissingAsync(
        HashSet<string> named, Tenant tenant, CancellationToken cancellationToken)
    {
        int missing = 0;
        bool elsewhere = false;
        foreach (string uid in named.Order(StringComparer.Ordinal).Take(MostLookedFor))
        {
            IReadOnlyList<HeldCopy> copies =
                await items.FindCopiesAsync(uid, tenant, cancellationToken).ConfigureAwait(false);
            missing += copies.Count == 0 ? 1 : 0;
            elsewhere |= copies.Count > 0;
        }

        return (missing, elsewhere);
    }
}
