namespace RecordHub.Dicom.Network;

/// <summary>What the owner of an accepted connection decides and does; one per connection.</summary>
/// <remarks>
/// Calls never overlap. A method may throw <see cref="InstanceException"/> (the status of that response) or
/// <see cref="AssociationException"/> (A-ABORT); anything else aborts the association and leaves
/// <see cref="AssociationAcceptor.RunAsync"/> as it is.
/// </remarks>
public interface IAssociationHandler
{
    /// <summary>Whether this caller may associate. Protocol version and application context are checked before.</summary>
    ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken);

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
}
