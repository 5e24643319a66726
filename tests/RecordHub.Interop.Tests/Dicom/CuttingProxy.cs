using System.Net;
using System.Net.Sockets;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Passes connections on to a node, and cuts one of them in the middle.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    /// <param name="port">The node's.</param>
    /// <param name="cutConnection">The connection that is cut, counted from 1.</param>
    /// <param name="after">Bytes of the node that pass before.</param>
    public CuttingProxy(int port, int cutConnection, long after)
    {
        _listener.Start();
        _accepting = AcceptAsync(port, cutConnection, after);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync(int port, int cutConnection, long after)
    {
        List<Task> passing = [];
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Connections++;
            passing.Add(PassAsync(client, port, Connections == cutConnection ? after : long.MaxValue));
        }

        await Task.WhenAll(passing);
    }

    private async Task PassAsync(TcpClient client, int port, long limit)
    {
        using TcpClient node = new();
        using (client)
        {
            await node.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            await Task.WhenAny(
                CopyAsync(client.GetStream(), node.GetStream(), long.MaxValue),
                CopyAsync(node.GetStream(), client.GetStream(), limit));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, long limit)
    {
        byte[] buffer = new byte[4096];
        try
        {
            int count;
            while (limit > 0 && (count = await from.ReadAsync(buffer, _stop.Token)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, limit)), _stop.Token);
                limit -= count;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction is over.
        }
    }
}
