using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;

namespace RecordHub.Core.Inbox;

/// <summary>
/// Where people settle what the machine would not decide. A decision on an image speaks for every record of the same
/// study that names the same patient and is in the same state, unless it is said to be for the record alone, or for all of
/// the patient: nobody decides on 600 images one by one.
/// </summary>
public sealed class InboxDesk(
    IItemStore items, ICaseStore cases, FilingStep filing, Withdrawals withdrawals, TimeProvider time)
{
    private readonly DecisionTaker _taker = new(items, filing);

    /// <summary>All held records within the scope, oldest first.</summary>
    public Task<IReadOnlyList<HeldRecord>> ListAsync(AccessScope scope, CancellationToken cancellationToken) =>
        AllAsync(RecordState.Held, scope, cancellationToken);

    /// <summary>One record in whatever state; null when there is none within the scope.</summary>
    public async Task<HeldRecord?> ShowAsync(RecordId id, AccessScope scope, CancellationToken cancellationToken) =>
        (await items.FindRecordsAsync(id.Item, scope, cancellationToken)).FirstOrDefault(record => record.Id == id);

    /// <summary>Files a held record, and what goes with it, to a case.</summary>
    public async Task<InboxOutcome> AssignAsync(
        InboxTarget target, CaseNumber number, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await ShowAsync(target.Id, scope, cancellationToken) is not { } record)
        {
            return Unknown(target.Id);
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
            ? await DecideAsync(record, target.Extent, Say(InboxVerdict.Assign, by, number), cancellationToken)
            : new InboxOutcome.Refused(
                $"Case {number} is {file.Status} and takes no more records.", "Name an open case, or open a new one.");
    }

    /// <summary>Turns a held record down, and what goes with it.</summary>
    public async Task<InboxOutcome> RejectAsync(
        InboxTarget target, string reason, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await ShowAsync(target.Id, scope, cancellationToken) is not { } record)
        {
            return Unknown(target.Id);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new InboxOutcome.Refused("A rejection needs a reason.", "Say why, such as: another patient's image.");
        }

        return NotHeld(record)
            ?? await DecideAsync(
                record, target.Extent, Say(InboxVerdict.Reject, by, reason: reason.Trim()), cancellationToken);
    }

    /// <summary>
    /// Takes the last decision back: the record is held again, and leaves the case, with what goes with it. The outcome says
    /// which published versions hold it, and who opened them.
    /// </summary>
    public async Task<InboxOutcome> UndoAsync(
        InboxTarget target, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await ShowAsync(target.Id, scope, cancellationToken) is not { } record)
        {
            return Unknown(target.Id);
        }

        if (record.State == RecordState.Held)
        {
            return new InboxOutcome.Refused("The record is held already.", "Assign it to a case, or reject it.");
        }

        bool decided = record.State == RecordState.Filed || record is { State: RecordState.Rejected, Reason: "rejected" };
        if (!decided)
        {
            return new InboxOutcome.Refused(
                "There is no decision to take back: the record could not be read.", "Ask the sender for a readable copy.");
        }

        if (record.StudyInstanceUid is { } study)
        {
            await items.ForgetMovesAsync(study, record.Case, cancellationToken);
        }

        return await DecideAsync(record, target.Extent, Say(InboxVerdict.Undo, by), cancellationToken);
    }

    private async Task<InboxOutcome> DecideAsync(
        HeldRecord record, InboxExtent extent, DecisionTaker.Said said, CancellationToken cancellationToken)
    {
        IReadOnlyList<HeldRecord> others = await OthersAsync(record, extent, cancellationToken);
        CaseHoldings? before = record.State == RecordState.Filed
            && await cases.FindAsync(record.Case, ScopeOf(record), cancellationToken) is { } file
                ? await withdrawals.BeginAsync(file, cancellationToken) : null;
        if (await _taker.TakeAsync(record, others, said, cancellationToken) is not { } taken)
        {
            return new InboxOutcome.Refused(
                "The record has changed since it was shown.", "Look at it again, then decide.");
        }

        Withdrawal? withdrawn = await withdrawals.EndAsync(before, said.By, cancellationToken);
        return await ShowAsync(record.Id, ScopeOf(record), cancellationToken) is { } now
            ? new InboxOutcome.Done(now, taken, withdrawn) : Unknown(record.Id);
    }

    private async Task<IReadOnlyList<HeldRecord>> OthersAsync(
        HeldRecord record, InboxExtent extent, CancellationToken cancellationToken)
    {
        if (extent == InboxExtent.Record || (extent == InboxExtent.Study && record.StudyInstanceUid is null))
        {
            return [];
        }

        IEnumerable<HeldRecord> near = extent == InboxExtent.Study && record.StudyInstanceUid is { } study
            ? await items.ListStudyRecordsAsync(study, ScopeOf(record), cancellationToken)
            : await AllAsync(record.State, ScopeOf(record), cancellationToken);
        return [.. near.Where(other => InboxKeys.GoesWith(record, other, extent))];
    }

    private DecisionTaker.Said Say(InboxVerdict verdict, string by, CaseNumber number = default, string? reason = null) =>
        new(verdict, number, reason, by, time.GetUtcNow());

    private static AccessScope ScopeOf(HeldRecord record) => AccessScope.Of(record.Item.Source.Tenant);

    private async Task<IReadOnlyList<HeldRecord>> AllAsync(
        RecordState state, AccessScope scope, CancellationToken cancellationToken)
    {
        List<HeldRecord> found = [];
        await foreach (HeldRecord record in items.AllAsync(state, scope, cancellationToken))
        {
            found.Add(record);
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
