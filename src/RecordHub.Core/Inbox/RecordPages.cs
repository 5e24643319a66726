using System.Runtime.CompilerServices;
using RecordHub.Core.Access;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Reads all records in a state, a page at a time.</summary>
internal static class RecordPages
{
    private const int PageSize = 500;

    internal static async IAsyncEnumerable<HeldRecord> AllAsync(
        this IItemStore items, RecordState state, AccessScope scope,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RecordId? after = null;
        while (await items.ListRecordsAsync(state, scope, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (HeldRecord record in page)
            {
                yield return record;
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Id;
        }
    }
}
