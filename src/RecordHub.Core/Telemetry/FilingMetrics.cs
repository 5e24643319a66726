using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Telemetry;

/// <summary>Counts what filing decides.</summary>
public sealed class FilingMetrics(SiteLabels sites, TimeProvider time)
{
    private const int AsReceived = 1;

    /// <summary>A filing was saved.</summary>
    public void Saved(StoredItem item, IReadOnlyList<HeldRecord> records)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(records);
        string site = sites.Of(item.Received.Source.Site);
        foreach (HeldRecord record in records)
        {
            HubMetrics.Decided(site, Words.Of(record.State), record.Reason);
        }

        if (item.Revision == AsReceived)
        {
            HubMetrics.FirstDecided(Words.Of(records[0].State), time.GetUtcNow() - item.Received.ReceivedAt);
        }
    }
}
