using System.Collections.Concurrent;
using RecordHub.Core.Access;
using RecordHub.Core.Commitment;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>The associations that are open now and on which a report of storage commitment can go out.</summary>
public sealed class OpenAssociations(CommitmentOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<EventReporter, Sender> _open = new();

    /// <summary>Notes an association.</summary>
    public void Add(EventReporter reporter, Sender sender) => _open[reporter] = sender;

    /// <summary>Forgets an association that is over.</summary>
    public void Remove(EventReporter reporter) => _open.TryRemove(reporter, out _);

    /// <summary>Whether the sender of an order is associated with us.</summary>
    public bool Has(CommitmentOrder order) => Find(order) is not null;

    /// <summary>The sender's answer; null when it is not associated with us, or did not answer.</summary>
    public async Task<ushort?> TryReportAsync(
        CommitmentOrder order, EventReport report, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Find(order) is not { } reporter)
        {
            return null;
        }

        using CancellationTokenSource patience = new(timeout, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await reporter.ReportAsync(report, options.Quiet, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private EventReporter? Find(CommitmentOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Sender sender = new(order.Site, order.Tenant, order.CallingAeTitle);
        return _open.FirstOrDefault(open => open.Value == sender).Key;
    }

    /// <summary>Who is at the other end: a site, or whoever called under this title for this tenant.</summary>
    public readonly record struct Sender(string? Site, Tenant Tenant, string CallingAeTitle);
}
