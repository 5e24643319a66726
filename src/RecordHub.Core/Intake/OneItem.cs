using RecordHub.Core.Access;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>The same for one item.</summary>
public static class OneItem
{
    /// <summary>The item as received, with its decisions and revision; null when unknown.</summary>
    public static async Task<StoredItem?> FindAsync(this IItemStore items, ItemId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return await items.FindAsync([id], cancellationToken).ConfigureAwait(false) is [{ } item] ? item : null;
    }

    /// <inheritdoc cref="IItemStore.SaveAsync" />
    public static async Task<FilingChange?> SaveAsync(this IItemStore items, Filing filing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return (await items.SaveAsync([filing], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The records of an item, first part first; empty before it was filed, and outside of the scope.</summary>
    public static Task<IReadOnlyList<HeldRecord>> FindRecordsAsync(
        this IItemStore items, ItemId id, AccessScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.FindRecordsAsync([id], scope, cancellationToken);
    }
}
