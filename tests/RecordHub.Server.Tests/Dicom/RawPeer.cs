using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>A socket that says what the test wants, and reads what comes back PDU by PDU. A reset is an exception.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket;

    private RawPeer(Socket socket) => _socket = socket;

    public static async Task<RawPeer> ConnectAsync(int port, CancellationToken token)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), token);
        return new RawPeer(socket);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, token)..];
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes the hard way, as a process that is killed may.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>The next PDU; null at the end.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken token)
    {
        byte[] head = new byte[6];
        if (await FillAsync(head, token) < head.Length)
        {
            return null;
        }

        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(2))];
        return await FillAsync(body, token) < body.Length ? null : [.. head, .. body];
    }

    /// <summary>The first A-ASSOCIATE-RJ, A-RELEASE-RP or A-ABORT; null when the connection ends without one.</summary>
    public async Task<byte[]?> ReadLastWordAsync(CancellationToken token)
    {
        while (await ReadAsync(token) is { } pdu)
        {
            if (pdu[0] is 3 or 6 or 7)
            {
                return pdu;
            }
        }

        return null;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> FillAsync(Memory<byte> buffer, CancellationToken token)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = await _socket.ReceiveAsync(buffer[filled..], token);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }
}
