#pragma warning disable CS9113 // signatures first
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>Takes a received item to its outcome: filed, held, rejected or ignored. Running it again changes nothing.</summary>
public sealed class FilingStep(IItemStore items, IBlobStore blobs, ICaseStore cases, TimeProvider time)
{
    /// <summary>Files the item; the outcome of each of its records. Empty when there is no such item.</summary>
    public Task<IReadOnlyList<HeldRecord>> RunAsync(ItemId item, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
