using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>One C-FIND, C-MOVE or C-GET under way or waiting for its turn, and how far it has come.</summary>
internal sealed class QueryOperation(DimseMessage message, QueryRequest request) : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    public AcceptedContext Context => message.Context;

    public CommandSet Command => message.Command;

    public QueryRequest Request => request;

    /// <summary>Cancelled by C-CANCEL.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>Matches sent.</summary>
    public int Matches { get; set; }

    public SubOperationCounts Counts { get; set; }

    /// <summary>The last response; null before it goes out.</summary>
    public StoreResponse? Final { get; set; }

    /// <summary>Whether the peer may use the message id again.</summary>
    public bool IsEnding => Final is not null;

    /// <summary>The instances that could not be sent.</summary>
    public List<Uid> FailedInstances { get; } = [];

    public QuerySummary Summary => new(request, Final?.Status, Final?.Comment, Matches, Counts);

    public void Cancel() => _cancelled.Cancel();

    public void Dispose() => _cancelled.Dispose();
}
