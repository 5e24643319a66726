namespace RecordHub.Dicom.Network;

/// <summary>What the owner of an accepted connection decides and does; one per connection.</summary>
/// <remarks>
/// C-FIND, C-MOVE and C-GET come only where <see cref="AcceptorOptions.Services"/> has their SOP classes.
/// Calls never overlap, but for those of C-FIND, C-MOVE and C-GET: one such operation at a time runs beside the others,
/// so that it can be cancelled. A method may throw <see cref="InstanceException"/> (the status of that response) or
/// <see cref="AssociationException"/> (A-ABORT); anything else aborts the association and leaves
/// <see cref="AssociationAcceptor.RunAsync"/> as it is.
/// </remarks>
public interface IAssociationHandler
{
    /// <summary>Whether this caller may associate. Protocol version and application context are checked before.</summary>
    ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken);

    /// <summary>The association is open.</summary>
    /// <param name="reporter">Tells the peer things of our own accord while it is; from any thread.</param>
    /// <param name="cancellationToken">Cancelled when the service gives up waiting for this association.</param>
    ValueTask OpenedAsync(EventReporter reporter, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Answers C-ECHO with a status.</summary>
    ValueTask<ushort> EchoAsync(EchoRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(DimseStatus.Success);

    /// <summary>Answers N-ACTION; 0000 promises that what it asks is taken on.</summary>
    ValueTask<NormalizedResponse> ActionAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        ValueTask.FromResult(NormalizedResponse.Unrecognized);

    /// <summary>Answers N-EVENT-REPORT.</summary>
    ValueTask<NormalizedResponse> EventReportAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        ValueTask.FromResult(NormalizedResponse.Unrecognized);

    /// <summary>Takes one instance; returning 0000 promises that it is durable.</summary>
    /// <param name="request">What the command says.</param>
    /// <param name="dataSet">
    /// The data set as it comes from the wire, forward only, in the transfer syntax of the request. Its end is
    /// the end of the message: when the peer goes away before, reading throws <see cref="AssociationException"/>.
    /// What is left unread is skipped. Not to be used after the call.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the service gives up waiting for this association.</param>
    ValueTask<StoreResponse> StoreAsync(StoreRequest request, Stream dataSet, CancellationToken cancellationToken);

    /// <summary>Answers C-FIND: each match as it is found.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Cancelled by C-CANCEL too.</param>
    IAsyncEnumerable<FindMatch> FindAsync(QueryRequest request, CancellationToken cancellationToken) =>
        throw new InstanceException(DimseStatus.UnrecognizedOperation, "C-FIND is not served");

    /// <summary>Answers C-MOVE: what is to be sent, and to where.</summary>
    ValueTask<Retrieval> MoveAsync(QueryRequest request, CancellationToken cancellationToken) =>
        throw new InstanceException(DimseStatus.UnrecognizedOperation, "C-MOVE is not served");

    /// <summary>Answers C-GET: what is to be sent.</summary>
    ValueTask<Retrieval> GetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        throw new InstanceException(DimseStatus.UnrecognizedOperation, "C-GET is not served");

    /// <summary>Hears how a C-FIND, C-MOVE or C-GET ended.</summary>
    void Ended(QuerySummary summary)
    {
    }
}
