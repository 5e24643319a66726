using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>A site that listens for reports of storage commitment.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly Channel<CommitmentReport> _reports = Channel.CreateUnbounded<CommitmentReport>();
    private readonly Task _accepting;

    private TestSite(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The statuses to answer with, in turn; afterwards 0000.</summary>
    public ConcurrentQueue<ushort> Answers { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Begins to listen; port 0 takes a free one.</summary>
    public static TestSite Start(int port = 0) => new(port);

    /// <summary>The next report that came, whatever it was answered with.</summary>
    public async Task<CommitmentReport> NextAsync(CancellationToken token) => await _reports.Reader.ReadAsync(token);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        AcceptorOptions options = new()
        {
            Services = new HashSet<Uid> { WellKnownUids.StorageCommitment },
            ReportsTaken = new HashSet<Uid> { WellKnownUids.StorageCommitment },
        };
        List<Task> running = [];
        try
        {
            while (true)
            {
                running.Add(RunAsync(await _listener.AcceptTcpClientAsync(_over.Token), options));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(TcpClient client, AcceptorOptions options)
    {
        using (client)
        {
            Pipes pipes = new(PipeReader.Create(client.GetStream()), PipeWriter.Create(client.GetStream()));
            await AssociationAcceptor.RunAsync(pipes, options, new Handler(this), TimeProvider.System, _over.Token);
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Handler(TestSite site) : IAssociationHandler
    {
        public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AssociationDecision.Accept);

        public ValueTask<StoreResponse> StoreAsync(
            StoreRequest request, Stream dataSet, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new StoreResponse(DimseStatus.SopClassNotSupported));

        public async ValueTask<NormalizedResponse> EventReportAsync(
            NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken)
        {
            DicomDataSet information = await ServiceDataSet
                .ReadAsync(dataSet, request.Context.TransferSyntax, 1 << 20, cancellationToken);
            site._reports.Writer.TryWrite(StorageCommitment.ReadReport(information));
            return new NormalizedResponse(site.Answers.TryDequeue(out ushort status) ? status : DimseStatus.Success);
        }
    }
}
