using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>
/// Where people settle what the machine would not decide. A decision on an image speaks for every record of the same
/// study that names the same patient and is in the same state: nobody decides on 600 images one by one.
/// </summary>
public sealed class InboxDesk(IItemStore items, ICaseStore cases, FilingStep filing, TimeProvider time)
{
    private const int PageSize = 500;
    private const int Attempts = 5;

    /// <summary>All held records within the scope, oldest first.</summary>
    public Task<IReadOnlyList<HeldRecord>> ListAsync(AccessScope scope, CancellationToken cancellationToken) =>
        ListAsync(RecordState.Held, scope, _ => true, cancellationToken);

    /// <summary>One record in whatever state; null when there is none within the scope.</summary>
    public async Task<HeldRecord?> ShowAsync(RecordId id, AccessScope scope, CancellationToken cancellationToken) =>
        (await items.FindRecordsAsync(id.Item, scope, cancellationToken)).FirstOrDefault(record => record.Id == id);

    /// <summary>Files a held record, and the rest of its study, to a case.</summary>
    public async Task<InboxOutcome> AssignAsync(
        RecordId id, CaseNumber number, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, scope, cancellationToken) is not { } record)
        {
            return Unknown(id);
        }

        if ((NotHeld(record) ?? GivenUp(record)) is { } refused)
        {
            return refused;
        }

        // Also for those who see all tenants: a record goes into its own tenant's cases.
        if (await cases.FindAsync(number, ScopeOf(record), cancellationToken) is not { } file)
        {
            return new InboxOutcome.Refused($"There is no case {number}.", "Run case list to see the cases.");
        }

        return file.IsOpen
            ? await DecideAsync(record, InboxVerdict.Assign, number, null, by, cancellationToken)
            : new InboxOutcome.Refused(
                $"Case {number} is {file.Status} and takes no more records.", "Name an open case, or open a new one.");
    }

    /// <summary>Turns a held record down, and the rest of its study.</summary>
    public async Task<InboxOutcome> RejectAsync(
        RecordId id, string reason, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, scope, cancellationToken) is not { } record)
        {
            return Unknown(id);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new InboxOutcome.Refused("A rejection needs a reason.", "Say why, such as: another patient's image.");
        }

        return NotHeld(record)
            ?? await DecideAsync(record, InboxVerdict.Reject, default, reason.Trim(), by, cancellationToken);
    }

    /// <summary>Takes the last decision back: the record is held again, and leaves the case.</summary>
    public async Task<InboxOutcome> UndoAsync(
        RecordId id, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await ShowAsync(id, scope, cancellationToken) is not { } record)
        {
            return Unknown(id);
        }

        if (record.State == RecordState.Held)
        {
            return new InboxOutcome.Refused("The record is held already.", "Assign it to a case, or reject it.");
        }

        bool decided = record.State == RecordState.Filed || record is { State: RecordState.Rejected, Reason: "rejected" };
        return decided
            ? await DecideAsync(record, InboxVerdict.Undo, default, null, by, cancellationToken)
            : new InboxOutcome.Refused(
                "There is no decision to take back: the record could not be read.", "Ask the sender for a readable copy.");
    }

    private async Task<InboxOutcome> DecideAsync(
        HeldRecord record, InboxVerdict verdict, CaseNumber number, string? reason, string by,
        CancellationToken cancellationToken)
    {
        DateTimeOffset at = time.GetUtcNow();
        IReadOnlyList<HeldRecord> others = await SiblingsAsync(record, cancellationToken);
        if (!await OneAsync(record))
        {
            return new InboxOutcome.Refused(
                "The record has changed since it was shown.", "Look at it again, then decide.");
        }

        int taken = 0;
        foreach (HeldRecord other in others)
        {
            taken += await OneAsync(other) ? 1 : 0;
        }

        return await ShowAsync(record.Id, ScopeOf(record), cancellationToken) is { } now
            ? new InboxOutcome.Done(now, taken) : Unknown(record.Id);

        async Task<bool> OneAsync(HeldRecord one)
        {
            HeldRecord? fresh = one;
            for (int attempt = 0; attempt < Attempts && fresh is not null; attempt++)
            {
                // A link that the first one made may have settled this one already.
                if (attempt > 0 || one.Id != record.Id)
                {
                    fresh = await ShowAsync(one.Id, ScopeOf(record), cancellationToken);
                }

                if (fresh is null || fresh.State != record.State || fresh.Case != one.Case)
                {
                    return fresh is not null && one.Id != record.Id;
                }

                InboxDecision decision = new()
                {
                    Record = fresh.Id,
                    ExpectedRevision = fresh.Revision,
                    Verdict = verdict,
                    Case = number,
                    Reason = reason,
                    By = by,
                    At = at,
                };
                if (await items.DecideAsync(decision, cancellationToken))
                {
                    await filing.RunAsync(fresh.Id.Item, cancellationToken);
                    return true;
                }

                // The row has moved on. Where the pipeline has only filed it once more, the person saw what is there now.
            }

            return false;
        }
    }

    // A conflict is decided image by image: which of the two copies is right is another question each time.
    private async Task<IReadOnlyList<HeldRecord>> SiblingsAsync(HeldRecord record, CancellationToken cancellationToken) =>
        record.StudyInstanceUid is null || record.Reason == "conflict" ? []
        : await ListAsync(
            record.State, ScopeOf(record),
            other => other.Id != record.Id && other.StudyInstanceUid == record.StudyInstanceUid
                && other.Case == record.Case && other.Reason == record.Reason && SameClaim(other, record),
            cancellationToken);

    private static AccessScope ScopeOf(HeldRecord record) => AccessScope.Of(record.Item.Source.Tenant);

    private static bool SameClaim(HeldRecord a, HeldRecord b) => a.Claim.BirthDate == b.Claim.BirthDate
        && a.Claim.Sex == b.Claim.Sex && a.Claim.Identifiers.SequenceEqual(b.Claim.Identifiers)
        && a.Claim.Names.SequenceEqual(b.Claim.Names);

    private async Task<IReadOnlyList<HeldRecord>> ListAsync(
        RecordState state, AccessScope scope, Func<HeldRecord, bool> wanted, CancellationToken cancellationToken)
    {
        List<HeldRecord> found = [];
        RecordId? after = null;
        while (await items.ListRecordsAsync(state, scope, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(wanted));
            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Id;
        }

        return found;
    }

    private static InboxOutcome.NotFound Unknown(RecordId id) =>
        new($"There is no record {id}.", "Run inbox list to see what is held.");

    // It would fail again: nothing is known of it that could be filed.
    private static InboxOutcome.Refused? GivenUp(HeldRecord record) => record.Reason != GiveUpStep.Reason ? null
        : new InboxOutcome.Refused(
            "The record could not be worked on, so there is nothing yet to put into a case.",
            $"Run pipeline retry {record.Id.Item}; if it fails again, reject it and ask the sender for another copy.");

    private static InboxOutcome.Refused? NotHeld(HeldRecord record) => record.State switch
    {
        RecordState.Held => null,
        RecordState.Filed => new InboxOutcome.Refused(
            $"The record is filed in case {record.Case}.", "Undo that first if it is wrong."),
        RecordState.Ignored => new InboxOutcome.Refused("It is not a record.", "There is nothing to decide."),
        _ when record.Reason == "rejected" => new InboxOutcome.Refused(
            "The record was rejected.", "Undo that first if it is wrong."),
        _ => new InboxOutcome.Refused("The record cannot be read.", "Ask the sender for a readable copy."),
    };
}
