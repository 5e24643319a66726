using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>A client's connection as a pipe.</summary>
internal sealed class TcpPipe : IDuplexPipe, IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private TcpPipe(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        Input = PipeReader.Create(_stream);
        Output = PipeWriter.Create(_stream);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public Socket Socket => _socket;

    public static async Task<TcpPipe> ConnectAsync(int port, CancellationToken token)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), token);
        return new TcpPipe(socket);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
