using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace RecordHub.Server.Dicom;

/// <summary>
/// A connection that acknowledges at once what it has read. A sender with Nagle's algorithm on (DCMTK's default) waits
/// for that acknowledgement before the end of each message, and would be held up 40 ms every time.
/// </summary>
internal sealed class QuickAckTransport : PipeReader, IDuplexPipe
{
    // linux/tcp.h. The kernel clears the option by itself, so it is set again before each wait.
    private const int IpProtoTcp = 6;
    private const int TcpQuickAck = 12;
    private readonly PipeReader _inner;
    private readonly Socket _socket;

    private QuickAckTransport(PipeReader inner, PipeWriter output, Socket socket)
    {
        _inner = inner;
        Output = output;
        _socket = socket;
    }

    /// <inheritdoc />
    public PipeReader Input => this;

    /// <inheritdoc />
    public PipeWriter Output { get; }

    /// <summary>The connection's transport, quickly acknowledging where the system can.</summary>
    public static IDuplexPipe For(ConnectionContext connection) =>
        OperatingSystem.IsLinux() && connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket
            ? new QuickAckTransport(connection.Transport.Input, connection.Transport.Output, socket)
            : connection.Transport;

    /// <summary>The reader of a connection that we opened, quickly acknowledging where the system can.</summary>
    public static PipeReader For(PipeReader input, PipeWriter output, Socket socket) =>
        OperatingSystem.IsLinux() ? new QuickAckTransport(input, output, socket) : input;

    /// <inheritdoc />
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<ReadResult> read = _inner.ReadAsync(cancellationToken);
        if (!read.IsCompleted)
        {
            AcknowledgeNow();
        }

        return read;
    }

    /// <inheritdoc />
    public override bool TryRead(out ReadResult result) => _inner.TryRead(out result);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed) => _inner.AdvanceTo(consumed);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
        _inner.AdvanceTo(consumed, examined);

    /// <inheritdoc />
    public override void CancelPendingRead() => _inner.CancelPendingRead();

    /// <inheritdoc />
    public override void Complete(Exception? exception = null) => _inner.Complete(exception);

    private void AcknowledgeNow()
    {
        try
        {
            _socket.SetRawSocketOption(IpProtoTcp, TcpQuickAck, [1, 0, 0, 0]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed meanwhile, which the pending read tells.
        }
    }
}
