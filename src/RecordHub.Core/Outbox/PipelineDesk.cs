using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Outbox;

/// <summary>Where whoever runs the service sees what fails, drives it again, or drops it.</summary>
public sealed class PipelineDesk(
    IOutbox outbox, IItemStore items, ICaseStore cases, GiveUpStep giveUp, TimeProvider time)
{
    private const int MostListed = 10_000;
    private const int MostAttempts = 5;

    /// <summary>What fails within the scope, longest failing first.</summary>
    public async Task<IReadOnlyList<FailedEntry>> ListAsync(AccessScope scope, CancellationToken cancellationToken)
    {
        List<FailedEntry> seen = [];
        foreach (FailedEntry failed in await outbox.ListFailedAsync(MostListed, cancellationToken).ConfigureAwait(false))
        {
            if (await SeesAsync(scope, failed.Entry, cancellationToken).ConfigureAwait(false))
            {
                seen.Add(failed);
            }
        }

        return seen;
    }

    /// <summary>Makes those of a key due now, or all; gives how many.</summary>
    public async Task<int> RetryAsync(string? key, AccessScope scope, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (FailedEntry failed in await ListAsync(scope, cancellationToken).ConfigureAwait(false))
        {
            OutboxEntry entry = failed.Entry;
            bool wanted = key is null || entry.Key == key;
            count += wanted && await outbox.RetryAsync(entry.Topic, entry.Key, cancellationToken).ConfigureAwait(false)
                ? 1 : 0;
        }

        return count;
    }

    /// <summary>Rejects a failing item with a person's reason. It stays, and the decision can be taken back.</summary>
    public async Task<DropOutcome> DropAsync(
        string key, string reason, string by, AccessScope scope, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new DropOutcome.Refused("Dropping needs a reason.", "Say why, such as: a damaged file, asked for again.");
        }

        FailedEntry? failed = (await ListAsync(scope, cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(one => one.Entry.Key == key);
        if (failed is null)
        {
            return new DropOutcome.NotFound();
        }

        if (failed.Entry.Topic != OutboxTopic.Item)
        {
            return new DropOutcome.Refused(
                "Only items are dropped; this is a study of a case, and is built of items that are filed.",
                "Reject or undo those in the inbox, or try again with pipeline retry.");
        }

        return await RejectAsync(ItemId.Parse(key), failed, reason.Trim(), by, cancellationToken).ConfigureAwait(false)
            ? new DropOutcome.Done()
            : new DropOutcome.Refused("The item has changed meanwhile.", "Look at it again with pipeline failed.");
    }

    private async Task<bool> RejectAsync(
        ItemId item, FailedEntry failed, string reason, string by, CancellationToken cancellationToken)
    {
        GivenUp given = new(failed.Entry.Attempts, failed.Error);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            // Held first, as there may be no record yet to decide about; then again, which takes the decision up.
            if (!await giveUp.RunAsync(item, given, cancellationToken).ConfigureAwait(false)
                || await items.FindAsync(item, cancellationToken).ConfigureAwait(false) is not { } held)
            {
                return false;
            }

            InboxDecision decision = new()
            {
                Record = new RecordId(item),
                ExpectedRevision = held.Revision,
                Verdict = InboxVerdict.Reject,
                Reason = reason,
                By = by,
                At = time.GetUtcNow(),
            };
            if (await items.DecideAsync(decision, cancellationToken).ConfigureAwait(false))
            {
                return await giveUp.RunAsync(item, given, cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    private async Task<bool> SeesAsync(AccessScope scope, OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (scope.Cases is null && scope.Tenant is null)
        {
            return true;
        }

        return entry.Topic == OutboxTopic.Item
            ? ItemId.TryParse(entry.Key, out ItemId id)
                && await items.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } item
                && scope.Sees(item.Received.Source.Case, item.Received.Source.Tenant)
            : CaseNumber.TryParse(entry.Key.Split(' ')[0], out CaseNumber number)
                && await cases.FindAsync(number, scope, cancellationToken).ConfigureAwait(false) is not null;
    }
}
