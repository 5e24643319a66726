using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using RecordHub.Dicom.Network;

namespace RecordHub.Tests.Shared;

/// <summary>A DICOM node on loopback that answers as a test says.</summary>
internal sealed class ListeningNode : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    private ListeningNode(int port, AcceptorOptions options, Func<IAssociationHandler> handler)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync(options, handler);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Begins to listen; port 0 takes a free one.</summary>
    public static ListeningNode Start(AcceptorOptions options, Func<IAssociationHandler> handler, int port = 0) =>
        new(port, options, handler);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync(AcceptorOptions options, Func<IAssociationHandler> handler)
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                running.Add(RunAsync(await _listener.AcceptTcpClientAsync(_over.Token), options, handler()));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(TcpClient client, AcceptorOptions options, IAssociationHandler handler)
    {
        using (client)
        {
            Pipes pipes = new(PipeReader.Create(client.GetStream()), PipeWriter.Create(client.GetStream()));
            await AssociationAcceptor.RunAsync(pipes, options, handler, TimeProvider.System, _over.Token);
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
