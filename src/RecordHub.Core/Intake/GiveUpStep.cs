using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Outbox;
using RecordHub.Core.Telemetry;

namespace RecordHub.Core.Intake;

/// <summary>Holds an item whose filing keeps failing, so that a person sees it: it is never silently lost.</summary>
/// <remarks>When a person has turned it down, that is its outcome: the decision needs nobody to read it.</remarks>
public sealed class GiveUpStep(IItemStore items, FilingMetrics? metrics = null)
{
    /// <summary>Why such an item is held.</summary>
    public const string Reason = "processing-failed";

    private const int MostAttempts = 4;

    /// <summary>Holds the item, whatever its records were, out of every case. False when there is no such item.</summary>
    public async Task<bool> RunAsync(ItemId id, GivenUp given, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await items.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } item)
            {
                return false;
            }

            Filing filing = Give(item, given);
            if (await items.SaveAsync(filing, cancellationToken).ConfigureAwait(false) is not null)
            {
                metrics?.Saved(item, filing.Records);
                return true;
            }
        }

        throw new ConcurrentChangeException($"Item {id} kept changing while it was held.");
    }

    private static Filing Give(StoredItem item, GivenUp given)
    {
        HeldRecord held = Held(item, given);
        InboxDecision? person = item.Decisions.LastOrDefault(decision => decision.Record == held.Id);
        bool rejected = person is { Verdict: InboxVerdict.Reject };
        return new Filing
        {
            Item = item.Received.Id,
            ExpectedRevision = item.Revision,
            Records = [person is not null && rejected ? TurnedDown(held, person) : held],
            GivenUp = rejected ? null : given,
        };
    }

    private static HeldRecord TurnedDown(HeldRecord held, InboxDecision person) => held with
    {
        State = RecordState.Rejected,
        Reason = "rejected",
        Explanation = FilingDraft.TurnedDown(person),
    };

    private static HeldRecord Held(StoredItem item, GivenUp given) => new()
    {
        Id = new RecordId(item.Received.Id),
        Revision = item.Revision + 1,
        State = RecordState.Held,
        Reason = Reason,
        Explanation =
            "It was received whole, but reading it failed every time. Assign it to try again; tell whoever runs the "
            + "service if that fails too.",
        Evidence = [$"{given.Attempts} attempts failed", given.Error],
        SuggestedCases = item.Received.Source.Case.IsNone ? [] : [item.Received.Source.Case],
        Title = "Item that could not be processed",
        Claim = PatientClaim.Nobody,
        Item = item.Received,
    };
}
