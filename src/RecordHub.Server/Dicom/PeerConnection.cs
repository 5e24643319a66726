using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace RecordHub.Server.Dicom;

/// <summary>A connection that we open to a DICOM node, with or without TLS, as the upper layer sees it.</summary>
public sealed class PeerConnection : IDuplexPipe, IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(15);
    private readonly Stream _stream;

    private PeerConnection(Stream stream, Socket socket)
    {
        _stream = stream;
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        Input = QuickAckTransport.For(
            PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)), Output, socket);
    }

    /// <inheritdoc />
    public PipeReader Input { get; }

    /// <inheritdoc />
    public PipeWriter Output { get; }

    /// <summary>Connects.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="tls">How TLS is spoken; null: without.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PeerUnreachableException">Nobody answers there, or the handshake failed.</exception>
    public static async Task<PeerConnection> OpenAsync(
        string host, int port, PeerTls? tls, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await InTimeAsync(
                token => socket.ConnectAsync(host, port, token).AsTask(), s_connectTimeout, cancellationToken)
                .ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null)
            {
                stream = await SecureAsync(stream, host, tls, cancellationToken).ConfigureAwait(false);
            }

            PeerConnection connection = new(stream, socket);
            stream = null;
            return connection;
        }
        catch (SocketException refused)
        {
            throw new PeerUnreachableException(
                $"{host}:{port} does not answer ({refused.SocketErrorCode}).",
                "Check the address and port, and that the peer is running and reachable from here.", refused);
        }
        catch (TimeoutException late)
        {
            throw new PeerUnreachableException(
                $"{host}:{port} does not answer in time.",
                "Check the address and port, and that the peer is running, reachable from here and speaks what we speak.", late);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            throw new PeerUnreachableException(
                $"The TLS handshake with {host}:{port} failed: {(failed.InnerException ?? failed).Message}",
                "Check that the port speaks TLS, that its certificate comes from a trusted authority and has the name that is "
                + "called, and that the peer trusts our certificate if it asks for one.", failed);
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
            else if (!socket.Connected)
            {
                socket.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Stream> SecureAsync(
        Stream plain, string host, PeerTls tls, CancellationToken cancellationToken)
    {
        SslStream secure = new(plain, leaveInnerStreamOpen: false);
        await InTimeAsync(
            token => secure.AuthenticateAsClientAsync(tls.For(host), token), tls.HandshakeTimeout, cancellationToken)
            .ConfigureAwait(false);
        return secure;
    }

    private static async Task InTimeAsync(
        Func<CancellationToken, Task> step, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timely = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timely.CancelAfter(limit);
        try
        {
            await step(timely.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("Not done in time.", late);
        }
    }
}
