using System.IO.Pipelines;
using System.Net.Sockets;

namespace RecordHub.Server.Dicom;

/// <summary>A TCP connection that we open to a DICOM node, as the upper layer sees it.</summary>
internal sealed class OutgoingConnection : IDuplexPipe, IDisposable
{
    private readonly TcpClient _client;

    private OutgoingConnection(TcpClient client)
    {
        _client = client;
        Stream stream = client.GetStream();
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <inheritdoc />
    public PipeReader Input { get; }

    /// <inheritdoc />
    public PipeWriter Output { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">Nobody answers there in time; the message says who was called.</exception>
    public static async Task<OutgoingConnection> OpenAsync(
        string host, int port, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(timeout, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        TcpClient client = new() { NoDelay = true };
        bool connected = false;
        try
        {
            await client.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            connected = true;
            return new OutgoingConnection(client);
        }
        catch (SocketException refused)
        {
            throw new IOException($"{host}:{port} does not answer ({refused.SocketErrorCode})", refused);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{host}:{port} does not answer in time", late);
        }
        finally
        {
            if (!connected)
            {
                client.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
