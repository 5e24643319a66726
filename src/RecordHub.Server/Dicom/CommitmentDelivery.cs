using System.Globalization;
using RecordHub.Core.Commitment;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Brings a report to its sender: on an association of its own that is open, or on one that we open to it.</summary>
public sealed class CommitmentDelivery(
    RecordHubOptions hub, SiteConnections calls, OpenAssociations open, TimeProvider time)
{
    private static readonly TimeSpan s_answerTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Null when the sender could be told now, or else why it could not.</summary>
    public Task<string?> ProbeAsync(CommitmentOrder order, CancellationToken cancellationToken) => open.Has(order)
        ? Task.FromResult<string?>(null)
        : CallAsync(order, static (_, _, _) => Task.FromResult<string?>(null), cancellationToken);

    /// <summary>Null when the sender has confirmed the report by 0000, or else why it has not.</summary>
    public async Task<string?> ReportAsync(
        CommitmentOrder order, EventReport report, CancellationToken cancellationToken)
    {
        if (await open.TryReportAsync(order, report, s_answerTimeout, cancellationToken).ConfigureAwait(false) is { } status)
        {
            return Judge(status);
        }

        return await CallAsync(
            order,
            async (association, context, token) =>
                Judge((await association.ReportAsync(context, report, token).ConfigureAwait(false)).Status),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> CallAsync(
        CommitmentOrder order, Func<AssociationRequestor, AcceptedContext, CancellationToken, Task<string?>> exchange,
        CancellationToken cancellationToken)
    {
        SiteOptions? site = hub.Sites.FirstOrDefault(site => site.Name == order.Site);
        if (site is not { Host: not null, Port: not null })
        {
            return "No address to call it at: set Host and Port of its entry in Sites";
        }

        try
        {
            using PeerConnection connection = await calls.OpenAsync(site, cancellationToken).ConfigureAwait(false);
            RequestorOptions options = new()
            {
                CallingAeTitle = order.CalledAeTitle,
                CalledAeTitle = order.CallingAeTitle,
                ResponseTimeout = s_answerTimeout,

                // We are the SCP of what we tell (PS3.4 §J.3.3, PS3.7 §D.3.3.4).
                Roles = [new RoleSelection(WellKnownUids.StorageCommitment, Scu: false, Scp: true)],
            };
            AssociationRequestor association = await AssociationRequestor
                .OpenAsync(connection, options, [StorageCommitment.Context(1)], time, cancellationToken).ConfigureAwait(false);
            await using (association.ConfigureAwait(false))
            {
                if (association.Contexts is not [var context])
                {
                    return "It does not take reports of storage commitment (presentation context refused)";
                }

                // A peer that does not answer to the roles is old rather than unwilling.
                if (association.Roles.Any(role => role.SopClass == WellKnownUids.StorageCommitment && !role.Scp))
                {
                    return "It does not take reports of storage commitment (SCP role refused)";
                }

                string? outcome = await exchange(association, context, cancellationToken).ConfigureAwait(false);
                try
                {
                    await association.ReleaseAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (AssociationException)
                {
                    // It has answered, and is gone without a good-bye.
                }

                return outcome;
            }
        }
        catch (AssociationException e)
        {
            return e.Rejection is { } rejection ? $"It rejected the association: {rejection}" : $"The association ended: {e.Ending}";
        }
        catch (PeerUnreachableException e)
        {
            return e.Message;
        }
    }

    private static string? Judge(ushort status) => status == DimseStatus.Success
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"It answered the report with status {status:X4}");
}
