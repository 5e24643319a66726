using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Intake;

/// <summary>Reads an item and decides on each of its records. Changes nothing but that blobs it derives are stored.</summary>
internal sealed class Drafting(IItemStore items, IBlobStore blobs, ICaseStore cases)
{
    private readonly WhoseRecord _whose = new(items, cases);

    /// <summary>What would be saved of the item; <paramref name="shared"/> is of the items that it is filed together with.</summary>
    internal async Task<FilingDraft> DraftAsync(StoredItem item, SharedDecisions shared, CancellationToken cancellationToken)
    {
        FilingDraft draft = new(item);
        switch (await NormalizeAsync(item.Received, cancellationToken))
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
                IReadOnlyList<PatientRecord> parts =
                    await new EnvelopeClaims(items, NormalizeAsync).AddAsync(records.Parts, item.Received, cancellationToken);
                draft.Remember(parts);
                await shared.TakeTurnAsync(() => AddAllAsync(draft, parts, shared, cancellationToken), cancellationToken);
                break;
            default:
                throw new InvalidOperationException("An outcome of normalisation that filing does not know.");
        }

        foreach (DerivedBlob blob in draft.Blobs)
        {
            await WriteAsync(blob, cancellationToken);
        }

        return draft;
    }

    /// <summary>
    /// Whether records that are not certain would have another outcome by what is known now, after they were saved.
    /// </summary>
    internal async Task<bool> IsOutdatedAsync(FilingDraft saved, SharedDecisions shared, CancellationToken cancellationToken)
    {
        // What it says of itself since it was saved is no evidence.
        StoredItem item = saved.Item;
        FilingDraft now = new(saved.Teaches ? item with { Revision = item.Revision + 1 } : item);
        await AddAllAsync(now, saved.Parts, shared, cancellationToken);
        return !now.HasOutcomesOf(saved);
    }

    private async Task<Normalized> NormalizeAsync(ReceivedItem item, CancellationToken cancellationToken)
    {
        await using Stream content = await blobs.OpenAsync(item, cancellationToken);
        if (content.Length != item.Length)
        {
            throw new BlobDamagedException(item.Blob, content.Length, item.Length);
        }

        return Normalizer.Normalize(item.Kind, content, item.Length, NormalizationContext.Of(item));
    }

    private async Task AddAllAsync(
        FilingDraft draft, IReadOnlyList<PatientRecord> parts, SharedDecisions shared, CancellationToken cancellationToken)
    {
        // What an earlier filing of the item said of itself is no evidence; where it put the records is where they stay.
        ReceivedItem received = draft.Item.Received;
        bool again = draft.Item.Revision > 1;
        IReadOnlyList<IdentifierLink> own = again ? await items.FindOwnLinksAsync(received.Id, cancellationToken) : [];
        IReadOnlyList<HeldRecord> former =
            again ? await items.FindRecordsAsync(received.Id, AccessScope.All, cancellationToken) : [];
        bool amongOthers = parts.Any(part => !part.Claim.NamesNobody);
        foreach (PatientRecord part in parts)
        {
            bool studyOfOthers = false;
            HeldRecord? before = former.FirstOrDefault(record => record.Id.Part == part.Part);
            InboxDecision? person = draft.LatestDecision(part);
            if (person is { Verdict: InboxVerdict.Reject })
            {
                draft.TurnDown(part, person);
            }
            else if (await ChosenAsync(person, received, cancellationToken) is { } chosen)
            {
                draft.Decide(part, Assignment.ByPerson(part.Claim, chosen, await CollectAsync(), person!.By));
            }
            else
            {
                studyOfOthers = await shared.IsOfOthersAsync(
                    part, received.Source, () => _whose.IsStudyOfOthersAsync(part, received.Source, cancellationToken));
                AssignmentDecision decision = again || part.Merge is not null || part.Claim.Inside is not null
                    ? await DecideAsync() : await shared.DecideAsync(part, received.Source, (amongOthers, studyOfOthers), DecideAsync);
                draft.Decide(part, await ObeyAsync(decision, part, person, shared, cancellationToken));
            }

            if (part.Merge is not null)
            {
                draft.NoteMerge(before);
            }

            async Task<AssignmentDecision> DecideAsync() =>
                await _whose.DecideAsync(part, await CollectAsync(), received.Source, cancellationToken);

            async Task<AssignmentEvidence> CollectAsync() => await _whose.CollectAsync(
                part.Claim, received.Source, before?.Case ?? default, own, cancellationToken) with
            {
                AmongOthers = amongOthers,
                StudyOfOthers = studyOfOthers,
            };
        }
    }

    // The case that a person has assigned it to. A case of another tenant is none, whoever names it.
    private async Task<CaseFile?> ChosenAsync(
        InboxDecision? person, ReceivedItem received, CancellationToken cancellationToken) =>
        person is { Verdict: InboxVerdict.Assign }
            && await cases.FindAsync(person.Case, AccessScope.Of(received.Source.Tenant), cancellationToken)
                is { Status: not CaseStatus.Purged } chosen ? chosen : null;

    // What people have said about the like of it comes before what it looks like.
    private async Task<AssignmentDecision> ObeyAsync(
        AssignmentDecision decision, PatientRecord part, InboxDecision? person, SharedDecisions shared,
        CancellationToken cancellationToken)
    {
        if (decision is AssignmentDecision.File filed && part.Instance is { } image
            && (await shared.MovesAsync(
                filed.Case.Number, image.StudyInstanceUid,
                () => items.FindMovesAsync(filed.Case.Number, image.StudyInstanceUid, cancellationToken)))
                .TryGetValue(image.SeriesInstanceUid, out CaseNumber to))
        {
            decision = FilingDraft.MovedOut(filed, to);
        }

        return person is { Verdict: InboxVerdict.Undo } ? FilingDraft.Undone(decision, person)
            : await _whose.WasTakenBackAsync(decision, cancellationToken) ? FilingDraft.TakenBack(decision)
            : decision;
    }

    private async Task WriteAsync(DerivedBlob blob, CancellationToken cancellationToken)
    {
        await using IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, cancellationToken);
        await writer.WriteAsync(blob.Bytes, cancellationToken);
        await writer.CommitAsync(blob.Hash, cancellationToken);
    }
}
