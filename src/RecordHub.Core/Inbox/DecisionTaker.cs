using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Takes a person's decision on records that were shown to them, one after the other, and files each anew.</summary>
internal sealed class DecisionTaker(IItemStore items, FilingStep filing)
{
    private const int Attempts = 5;

    /// <summary>What was decided.</summary>
    internal sealed record Said(InboxVerdict Verdict, CaseNumber Case, string? Reason, string By, DateTimeOffset At);

    /// <summary>Decides on the first, then on those that go with it; null when the first has changed since it was shown.</summary>
    /// <returns>How many of the others went with it.</returns>
    internal async Task<int?> TakeAsync(
        HeldRecord first, IEnumerable<HeldRecord> others, Said said, CancellationToken cancellationToken)
    {
        if (!await TakeAsync(first, said, isFirst: true, cancellationToken))
        {
            return null;
        }

        int taken = 0;
        foreach (HeldRecord other in others)
        {
            taken += await TakeAsync(other, said, isFirst: false, cancellationToken) ? 1 : 0;
        }

        return taken;
    }

    private async Task<bool> TakeAsync(HeldRecord seen, Said said, bool isFirst, CancellationToken cancellationToken)
    {
        HeldRecord? fresh = seen;
        for (int attempt = 0; attempt < Attempts && fresh is not null; attempt++)
        {
            // A link that the first one made may have settled this one already.
            if (attempt > 0 || !isFirst)
            {
                fresh = (await items.FindRecordsAsync(
                    seen.Id.Item, AccessScope.Of(seen.Item.Source.Tenant), cancellationToken))
                    .FirstOrDefault(one => one.Id == seen.Id);
            }

            if (fresh is null || fresh.State != seen.State || fresh.Case != seen.Case)
            {
                return fresh is not null && !isFirst;
            }

            InboxDecision decision = new()
            {
                Record = fresh.Id,
                ExpectedRevision = fresh.Revision,
                Verdict = said.Verdict,
                Case = said.Case,
                Reason = said.Reason,
                By = said.By,
                At = said.At,
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
