using System.Collections.Concurrent;
using System.Threading.Channels;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Tests.Shared;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>A site that listens for reports of storage commitment.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private static readonly HashSet<Uid> s_commitment = [WellKnownUids.StorageCommitment];
    private readonly Channel<CommitmentReport> _reports = Channel.CreateUnbounded<CommitmentReport>();
    private readonly ListeningNode _node;

    private TestSite(int port) => _node = ListeningNode.Start(
        new AcceptorOptions { Services = s_commitment, ReportsTaken = s_commitment }, () => new Handler(this), port);

    /// <summary>The statuses to answer with, in turn; afterwards 0000.</summary>
    public ConcurrentQueue<ushort> Answers { get; } = new();

    public int Port => _node.Port;

    /// <summary>Begins to listen; port 0 takes a free one.</summary>
    public static TestSite Start(int port = 0) => new(port);

    /// <summary>The next report that came, whatever it was answered with.</summary>
    public async Task<CommitmentReport> NextAsync(CancellationToken token) => await _reports.Reader.ReadAsync(token);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

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
