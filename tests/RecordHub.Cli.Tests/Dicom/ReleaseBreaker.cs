using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RecordHub.Cli.Tests.Dicom;

/// <summary>Stands before a node and passes everything on, but answers a request to release by closing or aborting.</summary>
internal sealed class ReleaseBreaker : IAsyncDisposable
{
    private const byte ReleaseRequest = 5;
    private static readonly byte[] s_abort = [7, 0, 0, 0, 0, 4, 0, 0, 0, 0];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _running;

    public ReleaseBreaker(int node, bool aborts)
    {
        _listener.Start();
        _running = RunAsync(node, aborts);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private async Task RunAsync(int node, bool aborts)
    {
        while (true)
        {
            using TcpClient caller = await _listener.AcceptTcpClientAsync(_over.Token);
            using TcpClient called = new();
            await called.ConnectAsync(IPAddress.Loopback, node, _over.Token);
            Task answers = called.GetStream().CopyToAsync(caller.GetStream(), _over.Token);
            await PassAsync(caller.GetStream(), called.GetStream());
            if (aborts)
            {
                await caller.GetStream().WriteAsync(s_abort, _over.Token);
            }

            called.Close();
            await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // PDU by PDU, to the request to release or the end.
    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        byte[] header = new byte[6];
        while (await from.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, _over.Token) == header.Length)
        {
            byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))];
            await from.ReadExactlyAsync(body, _over.Token);
            if (header[0] == ReleaseRequest)
            {
                return;
            }

            await to.WriteAsync(header, _over.Token);
            await to.WriteAsync(body, _over.Token);
        }
    }
}
