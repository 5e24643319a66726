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
    private const int PageSize = 500;
    private const int MostCandidates = 5000;

    /// <summary>Files the item; the outcome of each of its records. Empty when there is no such item.</summary>
    public async Task<IReadOnlyList<HeldRecord>> RunAsync(ItemId item, CancellationToken cancellationToken)
    {
        if (await items.FindAsync(item, cancellationToken) is not { } received
            || await FileAsync(item, cancellationToken) is not { } change)
        {
            return [];
        }

        HashSet<ItemId> seen = [item];
        Queue<FilingChange> changes = new([change]);
        while (changes.TryDequeue(out FilingChange? next))
        {
            foreach (ItemId other in await FindAffectedAsync(next, ScopeOf(received), cancellationToken))
            {
                if (seen.Add(other) && await FileAsync(other, cancellationToken) is { } more)
                {
                    changes.Enqueue(more);
                }
            }
        }

        return await items.FindRecordsAsync(item, AccessScope.All, cancellationToken);
    }

    // Null when there is no such item.
    private async Task<FilingChange?> FileAsync(ItemId id, CancellationToken cancellationToken)
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
                return change;
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
                foreach (PatientRecord part in records.Parts)
                {
                    AssignmentEvidence evidence = await CollectAsync(draft.Item, part.Claim, cancellationToken) with
                    {
                        AmongOthers = records.Parts.Any(other => !other.Claim.IsNobody),
                    };
                    await AddAsync(draft, part, evidence, cancellationToken);
                }

                break;
            default:
                throw new InvalidOperationException("An outcome of normalisation that filing does not know.");
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

        AssignmentDecision decision = Assignment.Decide(part.Claim, evidence);
        if (decision is AssignmentDecision.Hold)
        {
            IReadOnlyList<CaseFile> candidates = await CandidatesAsync(ScopeOf(draft.Item), cancellationToken);
            decision = Assignment.Decide(
                part.Claim, evidence with { Candidates = candidates, MoreCandidates = candidates.Count >= MostCandidates });
            if (decision is AssignmentDecision.File certain
                && await WasTakenBackAsync(certain.Case, ScopeOf(draft.Item), cancellationToken))
            {
                decision = FilingDraft.TakenBack(certain);
            }
        }

        draft.Decide(part, person is { Verdict: InboxVerdict.Undo } ? FilingDraft.Undone(decision, person) : decision);
    }

    // What a person took out of a case does not come back, nor does its like come in, by name and birth date.
    private async Task<bool> WasTakenBackAsync(CaseFile file, AccessScope scope, CancellationToken cancellationToken)
    {
        RecordId? after = null;
        while (await items.ListRecordsAsync(RecordState.Held, scope, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            if (page.Any(record => record.Reason == FilingDraft.UndoneReason && record.SuggestedCases.Contains(file.Number)))
            {
                return true;
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Id;
        }

        return false;
    }

    private async Task<AssignmentEvidence> CollectAsync(
        StoredItem item, PatientClaim claim, CancellationToken cancellationToken)
    {
        CaseNumber named = item.Received.Source.Case;
        IReadOnlyList<PatientIdentifier> issued = Identifiers.Issued(claim.Identifiers);
        return new AssignmentEvidence
        {
            NamedNumber = named,
            Named = named.IsNone ? null : await cases.FindAsync(named, ScopeOf(item), cancellationToken),
            Linked = issued.Count == 0
                ? [] : await cases.FindByIdentifiersAsync(issued, item.Received.Source.Tenant, cancellationToken),
        };
    }

    // A case of another tenant is none, whoever names it.
    private static AccessScope ScopeOf(StoredItem item) => AccessScope.Of(item.Received.Source.Tenant);

    private async Task<IReadOnlyList<CaseFile>> CandidatesAsync(AccessScope scope, CancellationToken cancellationToken)
    {
        List<CaseFile> known = [];
        CaseNumber after = default;
        while (known.Count < MostCandidates)
        {
            IReadOnlyList<CaseFile> page = await cases.ListAsync(after, PageSize, scope, cancellationToken);
            known.AddRange(page);
            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Number;
        }

        return known;
    }

    private async Task WriteAsync(DerivedBlob blob, CancellationToken cancellationToken)
    {
        await using IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, cancellationToken);
        await writer.WriteAsync(blob.Bytes, cancellationToken);
        await writer.CommitAsync(blob.Hash, cancellationToken);
    }

    // Held records may have become certain by a new link, and filed ones uncertain by one that was taken back.
    private async Task<IReadOnlyList<ItemId>> FindAffectedAsync(
        FilingChange change, AccessScope scope, CancellationToken cancellationToken)
    {
        List<ItemId> affected = [];
        await AddCarriersAsync(RecordState.Held, scope, change.Learnt, affected, cancellationToken);
        await AddCarriersAsync(RecordState.Filed, scope, change.Forgotten, affected, cancellationToken);
        return affected;
    }

    private async Task AddCarriersAsync(
        RecordState state, AccessScope scope, IReadOnlyList<PatientIdentifier> identifiers, List<ItemId> affected,
        CancellationToken cancellationToken)
    {
        if (identifiers.Count == 0)
        {
            return;
        }

        HashSet<PatientIdentifier> wanted = [.. identifiers];
        RecordId? after = null;
        while (await items.ListRecordsAsync(state, scope, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            affected.AddRange(page.Where(record => Identifiers.Issued(record.Claim.Identifiers).Any(wanted.Contains))
                .Select(record => record.Id.Item));
            if (page.Count < PageSize)
            {
                return;
            }

            after = page[^1].Id;
        }
    }
}
