using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>Which of the held records their senders have to hear of: sent for a case, and certainly not its patient's.</summary>
public sealed class SenderAlerts(IItemStore items, ICaseStore cases)
{
    /// <summary>The alert of a record that was just sent; null when there is nothing to tell.</summary>
    public async Task<SenderAlert?> OfAsync(HeldRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        bool disagrees = record.State == RecordState.Held && !record.Item.Source.Case.IsNone
            && record.Reason is "patient-disagrees" or "identifier-of-another-patient" or EmbeddedDisagreement.Reason;
        return disagrees
            && await cases.FindAsync(record.Item.Source.Case, AccessScope.Of(record.Item.Source.Tenant), cancellationToken)
                is { } named
            ? SenderAlert.Of(record, named) : null;
    }

    /// <summary>Those of several records.</summary>
    public async Task<IReadOnlyList<SenderAlert>> OfAsync(
        IEnumerable<HeldRecord> records, CancellationToken cancellationToken)
    {
        List<SenderAlert> alerts = [];
        foreach (HeldRecord record in records)
        {
            if (await OfAsync(record, cancellationToken) is { } alert)
            {
                alerts.Add(alert);
            }
        }

        return alerts;
    }

    /// <summary>Those of all that is still held, the oldest first.</summary>
    /// <param name="scope">Whose records.</param>
    /// <param name="sender">Only what this token has sent; null for all.</param>
    /// <param name="site">And what came from this site; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SenderAlert>> ListAsync(
        AccessScope scope, string? sender, string? site, CancellationToken cancellationToken)
    {
        List<SenderAlert> alerts = [];
        await foreach (HeldRecord record in items.AllAsync(RecordState.Held, scope, cancellationToken))
        {
            if ((sender is null || record.Item.Source.Sender == sender || (site is not null && record.Item.Source.Site == site))
                && await OfAsync(record, cancellationToken) is { } alert)
            {
                alerts.Add(alert);
            }
        }

        return alerts;
    }
}
