using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Outbox;
using RecordHub.Core.Requests;
using RecordHub.Core.Telemetry;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Pulling;

/// <summary>
/// Asks the configured sites at their intervals. Of many processes one asks a site at a time: it holds the site's lease,
/// and hands it back when it is told to stop. When a site was asked last is in the database, whoever it was.
/// </summary>
public sealed partial class PullKeeper(
    PullRound round, IPullStore pulls, ILeases leases, RecordHubOptions options, TimeProvider time, ILogger<PullKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(options.Sites.Where(site => site.PullEvery is not null).Select(site => KeepAsync(site, stoppingToken)));

    private async Task KeepAsync(SiteOptions site, CancellationToken stopping)
    {
        LeasedWork lease = new(leases, $"pull {site.Name}", time);
        while (!stopping.IsCancellationRequested)
        {
            await TryAsync(site, lease, stopping).ConfigureAwait(false);
            TimeSpan pause = site.PullEvery is { } every && every < s_look ? every : s_look;
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(SiteOptions site, LeasedWork lease, CancellationToken stopping)
    {
        try
        {
            // Looked at again under the lease: somebody may have been done meanwhile.
            if (await IsDueAsync(site, stopping).ConfigureAwait(false))
            {
                await lease.TryRunAsync(
                    async token =>
                    {
                        if (await IsDueAsync(site, token).ConfigureAwait(false))
                        {
                            await AskAsync(site, token).ConfigureAwait(false);
                        }
                    },
                    stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing was begun.
        }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(logger, site.Name, exception.GetType().Name, exception.StackTrace ?? string.Empty);
        }
    }

    private async Task<bool> IsDueAsync(SiteOptions site, CancellationToken cancellationToken) =>
        (await LastAsync(site, cancellationToken).ConfigureAwait(false))?.NextAt is not { } next || next <= time.GetUtcNow();

    private async Task AskAsync(SiteOptions site, CancellationToken cancellationToken)
    {
        int failures = 0;
        string trouble = string.Empty;
        try
        {
            int incomplete = await round.RunAsync(site, cancellationToken).ConfigureAwait(false);
            HubMetrics.PullRound(site.Name, incomplete == 0 ? "done" : "incomplete");
            Log.Asked(logger, site.Name, incomplete);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It stays due: whoever comes next goes on.
            HubMetrics.PullRound(site.Name, "stopped");
            return;
        }
#pragma warning disable CA1031 // the boundary of one round: whatever it is, the site is asked again, less and less often
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (PullTrouble.Of(exception) is null)
            {
                Log.Failed(logger, site.Name, exception.GetType().Name, exception.StackTrace ?? string.Empty);
            }

            trouble = PullTrouble.Of(exception) ?? "could not be pulled from";
            failures = ((await LastAsync(site, CancellationToken.None).ConfigureAwait(false))?.Failures ?? 0) + 1;
            HubMetrics.PullRound(site.Name, "failed");
            Log.Away(logger, site.Name, trouble, failures);
        }

        TimeSpan pause = site.PullEvery ?? s_look;
        await pulls.SaveAsync(
            new SitePull(
                site.Name,
                time.GetUtcNow() + (failures == 0 ? pause : Backoff.After(
                    failures, pause < s_firstRetry ? pause : s_firstRetry, pause > s_longestRetry ? pause : s_longestRetry)),
                failures, trouble),
            CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<SitePull?> LastAsync(SiteOptions site, CancellationToken cancellationToken) =>
        (await pulls.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(one => one.Site == site.Name);

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "{Site} was asked for what open cases lack; {Incomplete} studies did not come whole")]
        public static partial void Asked(ILogger logger, string site, int incomplete);

        [LoggerMessage(5002, LogLevel.Warning, "{Site} {Trouble}, {Failures} times in a row; it is asked again later ('recordhub site test')")]
        public static partial void Away(ILogger logger, string site, string trouble, int failures);

        [LoggerMessage(5003, LogLevel.Error, "{Site} could not be pulled from, trying again: {Type}\n{Trace}")]
        public static partial void Failed(ILogger logger, string site, string type, string trace);
    }
}
