using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Takes everything, remembers everything.</summary>
internal sealed class RecordingHandler : IAssociationHandler
{
    public AssociationDecision Decision { get; set; } = AssociationDecision.Accept;

    public Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>>? OnStore { get; set; }

    public Func<NormalizedRequest, Stream, CancellationToken, ValueTask<NormalizedResponse>>? OnNormalized { get; set; }

    public Func<QueryRequest, CancellationToken, IAsyncEnumerable<FindMatch>>? OnFind { get; set; }

    public Func<QueryRequest, CancellationToken, ValueTask<Retrieval>>? OnRetrieve { get; set; }

    public List<QuerySummary> Queries { get; } = [];

    public AssociationRequest? Request { get; private set; }

    public List<EchoRequest> Echoes { get; } = [];

    public List<(StoreRequest Request, byte[] DataSet)> Stores { get; } = [];

    public ValueTask<AssociationDecision> AcceptAsync(AssociationRequest request, CancellationToken cancellationToken)
    {
        Request = request;
        return ValueTask.FromResult(Decision);
    }

    public ValueTask<ushort> EchoAsync(EchoRequest request, CancellationToken cancellationToken)
    {
        Echoes.Add(request);
        return ValueTask.FromResult(DimseStatus.Success);
    }

    public ValueTask<NormalizedResponse> ActionAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        OnNormalized?.Invoke(request, dataSet, cancellationToken) ?? ValueTask.FromResult(NormalizedResponse.Unrecognized);

    public ValueTask<NormalizedResponse> EventReportAsync(
        NormalizedRequest request, Stream dataSet, CancellationToken cancellationToken) =>
        ActionAsync(request, dataSet, cancellationToken);

    public async ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
    {
        if (OnStore is { } store)
        {
            return await store(request, dataSet, cancellationToken);
        }

        using MemoryStream bytes = new();
        await dataSet.CopyToAsync(bytes, cancellationToken);
        Stores.Add((request, bytes.ToArray()));
        return StoreResponse.Success;
    }

    public IAsyncEnumerable<FindMatch> FindAsync(QueryRequest request, CancellationToken cancellationToken) =>
        OnFind?.Invoke(request, cancellationToken)
        ?? throw new InstanceException(DimseStatus.UnrecognizedOperation, "not here");

    public ValueTask<Retrieval> MoveAsync(QueryRequest request, CancellationToken cancellationToken) =>
        GetAsync(request, cancellationToken);

    public ValueTask<Retrieval> GetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        OnRetrieve?.Invoke(request, cancellationToken)
        ?? throw new InstanceException(DimseStatus.UnrecognizedOperation, "not here");

    public void Ended(QuerySummary summary)
    {
        lock (Queries)
        {
            Queries.Add(summary);
        }
    }
}
