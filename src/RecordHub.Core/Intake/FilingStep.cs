using System.Diagnostics;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Telemetry;

namespace RecordHub.Core.Intake;

/// <summary>Takes received items to their outcome: filed, held, rejected or ignored. Running it again changes nothing.</summary>
/// <remarks>
/// When it learns or unlearns whose an identifier is, it looks again at the other records that carry it; and at its own
/// when they are uncertain and something has become known between reading that and saving them, as whoever learnt it did
/// not find them yet. What arrives first must not matter.
/// </remarks>
public sealed class FilingStep(IItemStore items, IBlobStore blobs, ICaseStore cases, FilingMetrics? metrics = null)
{
    private const int MostAttempts = 16;
    private const int MostLooks = 3;

    // Blobs that are read at a time: those of an object store are waited for.
    private const int MostAtOnce = 8;

    // What is longer is read into memory as a whole, unless it is DICOM, and makes no company.
    private const long LongestInCompany = 32 * 1024;

    private readonly Drafting _drafting = new(items, blobs, cases);

    /// <summary>Files the item; the outcome of each of its records. Empty when there is no such item.</summary>
    public async Task<IReadOnlyList<HeldRecord>> RunAsync(ItemId item, CancellationToken cancellationToken)
    {
        if (await FileAsync(item, look: 1, cancellationToken) is not { } filed)
        {
            return [];
        }

        IReadOnlyList<Filed> again = await LookAgainAsync([filed], cancellationToken);
        return again.LastOrDefault(one => one.Item == item)?.Records ?? filed.Records;
    }

    /// <summary>
    /// Files items that came together, in one commit: what is known of a patient is read once for all that say the same of
    /// whose they are. Gives the items that have their outcome now; each other one is to be filed by itself. When this fails
    /// the commit stands or does not, as a whole: each item whose outbox row is still there is to be filed by itself.
    /// </summary>
    /// <param name="together">The items.</param>
    /// <param name="follow">Begins the span of an item's step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlySet<ItemId>> RunAsync(
        IReadOnlyList<ItemId> together, Func<ItemId, Activity?> follow, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(follow);
        using SharedDecisions shared = new();
        List<FilingDraft> drafts = [];
        foreach (StoredItem[] some in (await items.FindAsync(together, cancellationToken))
            .Where(item => item.Received is { Kind: ContentKind.DicomInstance } or { Length: <= LongestInCompany })
            .Chunk(MostAtOnce))
        {
            drafts.AddRange(await Task.WhenAll(some.Select(item => DraftAsync(item, shared, follow, cancellationToken))));
        }

        IReadOnlyList<FilingChange?> changes =
            await items.SaveAsync([.. drafts.Select(draft => draft.ToFiling())], cancellationToken);
        List<Filed> filed = [];
        foreach ((FilingDraft draft, FilingChange? change) in drafts.Zip(changes))
        {
            if (change is not null)
            {
                metrics?.Saved(draft.Item, draft.Records);
                filed.Add(Filed.Of(draft, change));
            }
        }

        await LookAgainAsync(filed, cancellationToken);
        return filed.Select(one => one.Item).ToHashSet();
    }

    private async Task<FilingDraft> DraftAsync(
        StoredItem item, SharedDecisions shared, Func<ItemId, Activity?> follow, CancellationToken cancellationToken)
    {
        using Activity? step = follow(item.Received.Id);
        using Activity? span = StartDeciding(item.Received.Id);
        FilingDraft draft = await _drafting.DraftAsync(item, shared, cancellationToken);
        Tell(span, draft.Records);
        return draft;
    }

    // Two that rest on each other are looked at again until both stand by themselves.
    private async Task<IReadOnlyList<Filed>> LookAgainAsync(IReadOnlyList<Filed> first, CancellationToken cancellationToken)
    {
        List<Filed> again = [];
        Dictionary<ItemId, int> looks = first.ToDictionary(one => one.Item, static _ => 1);
        Queue<ItemId> open = new(await FindAffectedAsync(first, cancellationToken));
        while (open.TryDequeue(out ItemId item))
        {
            int look = looks[item] = looks.GetValueOrDefault(item) + 1;
            if (look <= MostLooks && await FileAsync(item, look, cancellationToken) is { } more)
            {
                again.Add(more);
                foreach (ItemId affected in await FindAffectedAsync([more], cancellationToken))
                {
                    open.Enqueue(affected);
                }
            }
        }

        return again;
    }

    // Null when there is no such item. The last look owes none to others: what rests on each other would go on for ever.
    private async Task<Filed?> FileAsync(ItemId id, int look, CancellationToken cancellationToken)
    {
        using Activity? span = StartDeciding(id);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await items.FindAsync(id, cancellationToken) is not { } item)
            {
                return null;
            }

            using SharedDecisions own = new();
            FilingDraft draft = await _drafting.DraftAsync(item, own, cancellationToken);
            if (await items.SaveAsync(draft.ToFiling() with { OwesLooks = look < MostLooks }, cancellationToken) is { } change)
            {
                metrics?.Saved(item, draft.Records);
                Tell(span, draft.Records);
                return Filed.Of(draft, change);
            }
        }

        throw new ConcurrentChangeException($"Item {id} kept changing while it was filed.");
    }

    private static Activity? StartDeciding(ItemId id) =>
        HubSources.Core.StartActivity("decide")?.SetTag(SpanTags.Item, id.ToString());

    private static void Tell(Activity? span, IReadOnlyList<HeldRecord> records) => span?
        .SetTag(SpanTags.Records, records.Count).SetTag(SpanTags.Outcome, Words.Of(records[0].State))
        .SetTag(SpanTags.Reason, records[0].Reason).SetTag(SpanTags.Case, records[0].Case.Value);

    // Held records may have become certain by a new link, and filed ones uncertain by one that was taken back.
    private async Task<IReadOnlyList<ItemId>> FindAffectedAsync(IReadOnlyList<Filed> filed, CancellationToken cancellationToken)
    {
        // What is known now, after the commit: who learns more from here on finds these.
        using SharedDecisions now = new();
        List<ItemId> affected = [];
        foreach (Filed one in filed)
        {
            if (one.Change.Learnt.Count > 0)
            {
                affected.AddRange(await items.FindCarriersAsync(
                    one.Change.Learnt, one.Tenant, alsoFiled: false, cancellationToken));
            }

            if (one.Change.Forgotten.Count > 0)
            {
                affected.AddRange(await items.FindCarriersAsync(
                    one.Change.Forgotten, one.Tenant, alsoFiled: true, cancellationToken));
            }

            if (one.Uncertain is { } draft && await _drafting.IsOutdatedAsync(draft, now, cancellationToken))
            {
                affected.Add(one.Item);
            }
        }

        return [.. affected.Distinct()];
    }

    // What is certain, which is most, is not kept longer than it takes to save it.
    private sealed record Filed(
        ItemId Item, Tenant Tenant, IReadOnlyList<HeldRecord> Records, FilingChange Change, FilingDraft? Uncertain)
    {
        internal static Filed Of(FilingDraft draft, FilingChange change) => new(
            draft.Item.Received.Id, draft.Item.Received.Source.Tenant, draft.Records,
            change with { Forgotten = [.. change.Forgotten.Union(draft.Rejoined)] }, draft.IsCertain ? null : draft);

        public override string ToString() => nameof(Filed);
    }
}
