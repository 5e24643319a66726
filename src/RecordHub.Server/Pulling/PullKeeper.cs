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
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_renewal = s_lease / 3;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromHours(1);

    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(options.Sites.Where(site => site.PullEvery is not null).Select(site => KeepAsync(site, stoppingToken)));

    private async Task KeepAsync(SiteOptions site, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await TryAsync(site, stopping).ConfigureAwait(false);
            TimeSpan pause = site.PullEvery is { } every && every < s_look ? every : s_look;
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(SiteOptions site, CancellationToken stopping)
    {
        try
        {
            // Looked at again under the lease: somebody may have been done meanwhile.
            if (await IsDueAsync(site, stopping).ConfigureAwait(false)
                && await leases.TryTakeAsync(LeaseOf(site), _owner, s_lease, stopping).ConfigureAwait(false))
            {
                if (await IsDueAsync(site, stopping).ConfigureAwait(false))
                {
                    await AskAsync(site, stopping).ConfigureAwait(false);
                }

                await leases.TryTakeAsync(LeaseOf(site), _owner, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing was begun.
        }
#pragma warning disable CA1031 // the boundary of a background service, which must not end
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, site.Name, exception.GetType().Name, exception.StackTrace ?? string.Empty);
        }
    }

    private async Task<bool> IsDueAsync(SiteOptions site, CancellationToken cancellationToken) =>
        (await LastAsync(site, cancellationToken).ConfigureAwait(false))?.NextAt is not { } next || next <= time.GetUtcNow();

    private async Task AskAsync(SiteOptions site, CancellationToken stopping)
    {
        int failures = 0;
        string trouble = string.Empty;
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task renewing = RenewAsync(site, ended);
        try
        {
            int incomplete = await round.RunAsync(site, ended.Token).ConfigureAwait(false);
            HubMetrics.PullRound(site.Name, incomplete == 0 ? "done" : "incomplete");
            Log.Asked(logger, site.Name, incomplete);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It stays due: whoever comes next goes on.
            HubMetrics.PullRound(site.Name, "stopped");
            return;
        }
        catch (Exception exception) when (PullTrouble.Of(exception) is not null)
        {
            trouble = PullTrouble.Of(exception) ?? string.Empty;
            failures = ((await LastAsync(site, CancellationToken.None).ConfigureAwait(false))?.Failures ?? 0) + 1;
            HubMetrics.PullRound(site.Name, "failed");
            Log.Away(logger, site.Name, trouble, failures);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
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

    // Who has lost the lease ends: somebody else has begun.
    private async Task RenewAsync(SiteOptions site, CancellationTokenSource ended)
    {
        using PeriodicTimer timer = new(s_renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token).ConfigureAwait(false))
            {
                if (!await leases.TryTakeAsync(LeaseOf(site), _owner, s_lease, ended.Token).ConfigureAwait(false))
                {
                    await ended.CancelAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The round has ended.
        }
#pragma warning disable CA1031 // the boundary of a background task: without a database the lease is not ours for long
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, site.Name, exception.GetType().Name, exception.StackTrace ?? string.Empty);
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<SitePull?> LastAsync(SiteOptions site, CancellationToken cancellationToken) =>
        (await pulls.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(one => one.Site == site.Name);

    private static string LeaseOf(SiteOptions site) => $"pull {site.Name}";

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
