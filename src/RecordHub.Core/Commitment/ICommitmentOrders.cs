namespace RecordHub.Core.Commitment;

/// <summary>Where the DICOM door leaves what senders ask.</summary>
public interface ICommitmentOrders
{
    /// <summary>
    /// Records an order, due at once; durable when it returns. The same order of the same sender (its references in any
    /// order) is one: asking again makes it due again.
    /// </summary>
    Task RecordAsync(CommitmentOrder order, CancellationToken cancellationToken);

    /// <summary>Makes the waiting orders of a sender due: it is there again.</summary>
    Task HurryAsync(string? site, string callingAeTitle, CancellationToken cancellationToken);
}
