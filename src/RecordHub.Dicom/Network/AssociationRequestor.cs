using System.IO.Pipelines;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The requesting side of an association, over a connection that the caller opened.</summary>
/// <remarks>Not for concurrent calls. Disposing without <see cref="ReleaseAsync"/> aborts.</remarks>
public sealed class AssociationRequestor : IAsyncDisposable
{
    private AssociationRequestor()
    {
    }

    /// <summary>The contexts that the peer accepted.</summary>
    public IReadOnlyList<AcceptedContext> Contexts { get; } = [];

    /// <summary>Opens an association.</summary>
    /// <exception cref="AssociationException">Rejected, aborted, lost or timed out.</exception>
    public static Task<AssociationRequestor> OpenAsync(
        IDuplexPipe transport,
        RequestorOptions options,
        IReadOnlyList<PresentationContext> contexts,
        TimeProvider timeProvider,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The accepted context for this SOP class and transfer syntax; null when there is none.</summary>
    public AcceptedContext? FindContext(Uid sopClass, Uid transferSyntax) => throw new NotSupportedException();

    /// <summary>Sends C-ECHO and returns the status.</summary>
    public Task<ushort> EchoAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Sends one instance and returns the peer's answer.</summary>
    /// <param name="context">An accepted context; the data set must be in its transfer syntax.</param>
    /// <param name="sopInstanceUid">The instance.</param>
    /// <param name="dataSet">The bytes of the data set, without preamble and file meta information.</param>
    /// <param name="cancellationToken">Gives up; the association is aborted.</param>
    public Task<StoreResponse> StoreAsync(
        AcceptedContext context, Uid sopInstanceUid, Stream dataSet, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Ends the association in order.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
