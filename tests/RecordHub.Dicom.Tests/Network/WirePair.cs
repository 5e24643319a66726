using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Our requestor and our acceptor over one connection in memory.</summary>
internal sealed class WirePair : IAsyncDisposable
{
    private readonly DuplexPair _pair;
    private readonly Task<AssociationSummary> _accepting;

    private WirePair(DuplexPair pair, Task<AssociationSummary> accepting, AssociationRequestor requestor)
    {
        _pair = pair;
        _accepting = accepting;
        Requestor = requestor;
    }

    public AssociationRequestor Requestor { get; }

    public static async Task<WirePair> OpenAsync(
        IAssociationHandler handler, AcceptorOptions options, params PresentationContext[] contexts)
    {
        DuplexPair pair = new();
        Task<AssociationSummary> accepting = Task.Run(() => AssociationAcceptor.RunAsync(
            pair.Acceptor, options, handler, TimeProvider.System, CancellationToken.None));
        AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            pair.Requestor, new RequestorOptions { CallingAeTitle = "A", CalledAeTitle = "B" }, contexts,
            TimeProvider.System, CancellationToken.None);
        return new WirePair(pair, accepting, requestor);
    }

    /// <summary>Releases, and gives what the acceptor says of the association.</summary>
    public async Task<AssociationSummary> ReleaseAsync()
    {
        await Requestor.ReleaseAsync(CancellationToken.None);
        await _pair.CloseRequestorAsync();
        return await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await Requestor.DisposeAsync();
        await _pair.CloseRequestorAsync();
        await _accepting;
    }
}
