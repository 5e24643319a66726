using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Outbox;
using RecordHub.Core.Retention;

namespace RecordHub.Server.Pipeline;

/// <summary>
/// Ends purges that were interrupted, purges or lists what has been kept for long enough, and forgets access tokens and
/// assertions that count no more: one of the workers does it for all.
/// </summary>
public sealed partial class RetentionKeeper(
    PurgeDesk purges, RetentionDesk retention, IClientStore clients, ILeases leases, TimeProvider time, ILogger<RetentionKeeper> logger)
    : BackgroundService
{
    private const string By = "retention";
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(15);

    // Longer than the lease of a process that died over a purge.
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(75);

    private readonly LeasedWork _lease = new(leases, "retention", time);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_first, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                timer.Period = s_look;
                await TryAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    /// <summary>Looks once; gives how many cases were purged.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await clients.ForgetAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        int purged = await purges.ResumeAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DueCase> due = await retention.ListDueAsync(AccessScope.All, cancellationToken).ConfigureAwait(false);
        if (!retention.Rules.Purge)
        {
            if (due.Count > 0)
            {
                Log.Due(logger, due.Count);
            }

            return purged;
        }

        foreach (DueCase one in due.Where(one => one.Hold is null))
        {
            PurgeRequest request = new(one.Case, $"kept for long enough in the state {one.Status}", By);
            if (await purges.RunAsync(request, AccessScope.All, null, cancellationToken).ConfigureAwait(false)
                is PurgeOutcome.Done)
            {
                Log.Purged(logger, one.Case.Value);
                purged++;
            }
            else
            {
                Log.Refused(logger, one.Case.Value);
            }
        }

        return purged;
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await _lease.TryRunAsync(RunAsync, stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception.GetType().Name, exception.StackTrace ?? string.Empty);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3040, LogLevel.Information, "{Count} cases have been kept for long enough; see 'recordhub purge --due --dry-run'")]
        public static partial void Due(ILogger logger, int count);

        [LoggerMessage(3041, LogLevel.Information, "Case {Case} was kept for long enough, and is purged")]
        public static partial void Purged(ILogger logger, long @case);

        [LoggerMessage(3042, LogLevel.Warning, "Case {Case} is due, but cannot be purged; 'recordhub purge' says why")]
        public static partial void Refused(ILogger logger, long @case);

        [LoggerMessage(3043, LogLevel.Error, "Retention could not be looked after, trying again: {Type}\n{Trace}")]
        public static partial void Failed(ILogger logger, string type, string trace);
    }
}
