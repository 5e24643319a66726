using System.Diagnostics;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Normalization;
using RecordHub.Core.Telemetry;

namespace RecordHub.Core.Intake;

/// <summary>Takes a received item to its outcome: filed, held, rejected or ignored. Running it again changes nothing.</summary>
/// <remarks>
/// When it learns or unlearns whose an identifier is, it looks again at the other records that carry it: what arrives
/// first must not matter.
/// </remarks>
public sealed class FilingStep(IItemStore items, IBlobStore blobs, ICaseStore cases, FilingMetrics? metrics = null)
{
    private const int MostAttempts = 16;
    private const int MostLooks = 3;

    private readonly WhoseRecord _whose = new(items, cases);

    /// <summary>Files the item; the outcome of each of its records. Empty when there is no such item.</summary>
    public async Task<IReadOnlyList<HeldRecord>> RunAsync(ItemId item, CancellationToken cancellationToken)
    {
        if (await FileAsync(item, cancellationToken) is not { } filed)
        {
            return [];
        }

        // Two that rest on each other are looked at again until both stand by themselves.
        IReadOnlyList<HeldRecord> records = filed.Records;
        Dictionary<ItemId, int> looks = new() { [item] = 1 };
        Queue<FilingChange> changes = new([filed.Change]);
        while (changes.TryDequeue(out FilingChange? next))
        {
            foreach (ItemId other in await FindAffectedAsync(next, filed.Tenant, cancellationToken))
            {
                int look = looks[other] = looks.GetValueOrDefault(other) + 1;
                if (look <= MostLooks && await FileAsync(other, cancellationToken) is { } more)
                {
                    changes.Enqueue(more.Change);
                    records = other == item ? more.Records : records;
                }
            }
        }

        return records;
    }

    // Null when there is no such item.
    private async Task<(FilingChange Change, IReadOnlyList<HeldRecord> Records, Tenant Tenant)?> FileAsync(
        ItemId id, CancellationToken cancellationToken)
    {
        using Activity? span = HubSources.Core.StartActivity("decide")?.SetTag(SpanTags.Item, id.ToString());
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await items.FindAsync(id, cancellationToken) is not { } item)
            {
                return null;
            }

            FilingDraft draft = new(item);
            await AddRecordsAsync(draft, await NormalizeAsync(item.Received, cancellationToken), cancellationToken);
            foreach (DerivedBlob blob in draft.Blobs)
            {
                await WriteAsync(blob, cancellationToken);
            }

            Filing filing = draft.ToFiling();
            if (await items.SaveAsync(filing, cancellationToken) is { } change)
            {
                metrics?.Saved(item, filing.Records);
                Tell(span, filing.Records);
                return (
                    change with { Forgotten = [.. change.Forgotten.Union(draft.Rejoined)] }, filing.Records,
                    item.Received.Source.Tenant);
            }
        }

        throw new ConcurrentChangeException($"Item {id} kept changing while it was filed.");
    }

    private static void Tell(Activity? span, IReadOnlyList<HeldRecord> records) => span?
        .SetTag(SpanTags.Records, records.Count).SetTag(SpanTags.Outcome, Words.Of(records[0].State))
        .SetTag(SpanTags.Reason, records[0].Reason).SetTag(SpanTags.Case, records[0].Case.Value);

    private async Task<Normalized> NormalizeAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenAsync(item.Blob, 0, cancellationToken);
        if (content.Length != item.Length)
        {
            throw new BlobDamagedException(item.Blob, content.Length, item.Length);
        }

        return Normalizer.Normalize(item.Kind, content, item.Length, NormalizationContext.Of(item));
    }

    private async Task AddRecordsAsync(FilingDraft draft, Normalized normalized, CancellationToken cancellationToken)
    {
        switch (normalized)
        {
            case Normalized.NotARecord nothing:
                draft.Ignore(nothing.What);
                break;
            case Normalized.Unreadable unreadable:
                draft.Reject(unreadable);
                break;
            case Normalized.Records { Parts.Count: 0 }:
                draft.Ignore("holds no record");
                break;
            case Normalized.Records records:
                await AddAllAsync(draft, records.Parts, cancellationToken);
                break;
            default:
                throw new InvalidOperationException("An outcome of normalisation that filing does not know.");
        }
    }

    private async Task AddAllAsync(
        FilingDraft draft, IReadOnlyList<PatientRecord> parts, CancellationToken cancellationToken)
    {
        // What an earlier filing of the item said of itself is no evidence; where it put the records is where they stay.
        ReceivedItem received = draft.Item.Received;
        bool again = draft.Item.Revision > 1;
        IReadOnlyList<IdentifierLink> own = again ? await items.FindOwnLinksAsync(received.Id, cancellationToken) : [];
        IReadOnlyList<HeldRecord> former =
            again ? await items.FindRecordsAsync(received.Id, AccessScope.All, cancellationToken) : [];
        foreach (PatientRecord part in parts)
        {
            HeldRecord? before = former.FirstOrDefault(record => record.Id.Part == part.Part);
            AssignmentEvidence evidence = await _whose.CollectAsync(
                part.Claim, received.Source, before?.Case ?? default, own, cancellationToken) with
            {
                AmongOthers = parts.Any(other => !other.Claim.IsNobody),
            };
            await AddAsync(draft, part, evidence, cancellationToken);
            if (part.Merge is not null)
            {
                draft.NoteMerge(before);
            }
        }
    }

    private async Task AddAsync(
        FilingDraft draft, PatientRecord part, AssignmentEvidence evidence, CancellationToken cancellationToken)
    {
        InboxDecision? person = draft.LatestDecision(part);
        if (person is { Verdict: InboxVerdict.Reject })
        {
            draft.TurnDown(part, person);
            return;
        }

        if (person is { Verdict: InboxVerdict.Assign }
            && await cases.FindAsync(person.Case, ScopeOf(draft.Item), cancellationToken)
                is { Status: not CaseStatus.Purged } chosen)
        {
            draft.Decide(part, Assignment.ByPerson(part.Claim, chosen, evidence, person.By));
            return;
        }

        AssignmentDecision decision = await _whose.DecideAsync(
            part, evidence, draft.Item.Received.Source, cancellationToken);
        if (decision is AssignmentDecision.File filed && part.Instance is { } image
            && await items.FindMoveAsync(
                filed.Case.Number, image.StudyInstanceUid, image.SeriesInstanceUid, cancellationToken) is { IsNone: false } to)
        {
            decision = FilingDraft.MovedOut(filed, to);
        }

        draft.Decide(
            part,
            person is { Verdict: InboxVerdict.Undo } ? FilingDraft.Undone(decision, person)
            : await _whose.WasTakenBackAsync(decision, cancellationToken) ? FilingDraft.TakenBack(decision)
            : decision);
    }

    // A case of another tenant is none, whoever names it.
    private static AccessScope ScopeOf(StoredItem item) => AccessScope.Of(item.Received.Source.Tenant);

    private async Task WriteAsync(DerivedBlob blob, CancellationToken cancellationToken)
    {
        await using IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, cancellationToken);
        await writer.WriteAsync(blob.Bytes, cancellationToken);
        await writer.CommitAsync(blob.Hash, cancellationToken);
    }

    // Held records may have become certain by a new link, and filed ones uncertain by one that was taken back.
    private async Task<IReadOnlyList<ItemId>> FindAffectedAsync(
        FilingChange change, Tenant tenant, CancellationToken cancellationToken)
    {
        IReadOnlyList<ItemId> learnt = change.Learnt.Count == 0
            ? [] : await items.FindCarriersAsync(change.Learnt, tenant, alsoFiled: false, cancellationToken);
        IReadOnlyList<ItemId> forgotten = change.Forgotten.Count == 0
            ? [] : await items.FindCarriersAsync(change.Forgotten, tenant, alsoFiled: true, cancellationToken);
        return [.. learnt.Union(forgotten)];
    }
}
