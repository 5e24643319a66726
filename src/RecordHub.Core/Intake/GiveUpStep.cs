using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>Holds an item whose filing keeps failing, so that a person sees it: it is never silently lost.</summary>
public sealed class GiveUpStep(IItemStore items)
{
    /// <summary>Why such an item is held.</summary>
    public const string Reason = "processing-failed";

    private const int MostAttempts = 4;

    /// <summary>Holds the item, whatever its records were, out of every case. False when there is no such item.</summary>
    public async Task<bool> RunAsync(ItemId id, int attempts, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await items.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } item)
            {
                return false;
            }

            if (await items.SaveAsync(Give(item, attempts), cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        throw new InvalidOperationException($"Item {id} kept changing while it was held.");
    }

    private static Filing Give(StoredItem item, int attempts) => new()
    {
        Item = item.Received.Id,
        ExpectedRevision = item.Revision,
        Records =
        [
            new HeldRecord
            {
                Id = new RecordId(item.Received.Id),
                Revision = item.Revision + 1,
                State = RecordState.Held,
                Reason = Reason,
                Explanation =
                    "It was received whole, but reading it failed every time. Assign it to try again; tell whoever runs the "
                    + "service if that fails too.",
                Evidence = [$"{attempts} attempts failed"],
                SuggestedCases = item.Received.Source.Case.IsNone ? [] : [item.Received.Source.Case],
                Title = "Item that could not be processed",
                Claim = PatientClaim.Nobody,
                Item = item.Received,
            },
        ],
    };
}
