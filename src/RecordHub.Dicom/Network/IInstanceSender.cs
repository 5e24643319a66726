namespace RecordHub.Dicom.Network;

/// <summary>Sends instances to where a retrieval asked for them; disposed when the retrieval is over.</summary>
public interface IInstanceSender : IAsyncDisposable
{
    /// <summary>
    /// Sends one instance; the receiver's answer, or a failure status with the reason why it was not sent. A receiver
    /// that has gone is a failure of each instance that is left, and no exception.
    /// </summary>
    ValueTask<StoreResponse> SendAsync(
        RetrievedInstance instance, MoveOriginator? originator, CancellationToken cancellationToken);
}
