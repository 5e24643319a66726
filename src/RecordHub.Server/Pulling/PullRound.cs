using System.Diagnostics;
using RecordHub.Core.Requests;
using RecordHub.Core.Resources;
using RecordHub.Core.Telemetry;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Pulling;

/// <summary>Asks one site once for what open cases lack, and fetches what it has that is new.</summary>
public sealed class PullRound(SitePuller puller, PullPlan plan, IPullStore pulls, TimeProvider time)
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromHours(6);

    /// <summary>Runs it; gives how many studies did not come whole.</summary>
    /// <exception cref="PullRefusedException">Nothing can be fetched from this site as it is configured.</exception>
    /// <exception cref="QueryRefusedException">The site does not answer the query.</exception>
    internal async Task<int> RunAsync(SiteOptions site, CancellationToken cancellationToken)
    {
        using Activity? span = HubSources.Server.StartActivity("pull site")?.SetTag(SpanTags.Site, site.Name);
        int incomplete = 0;
        foreach (PullRequest request in await plan.ListAsync(site, cancellationToken).ConfigureAwait(false))
        {
            PullRun run = puller.Begin(request, null);
            await foreach (FoundStudy study in run.FindAsync(cancellationToken).ConfigureAwait(false))
            {
                incomplete += await IsWholeAsync(run, request, study, cancellationToken).ConfigureAwait(false) ? 0 : 1;
            }
        }

        return incomplete;
    }

    private async Task<bool> IsWholeAsync(
        PullRun run, PullRequest request, FoundStudy found, CancellationToken cancellationToken)
    {
        string site = request.Site.Name;
        StudyKey key = new(request.Case, found.Study);
        StudyPullMark? mark = await pulls.FindStudyAsync(site, key, cancellationToken).ConfigureAwait(false);
        if (!StudyPullMark.IsDue(mark, found.Evidence, time.GetUtcNow()))
        {
            HubMetrics.PulledStudy(site, "known");
            return mark?.Failures is null or 0;
        }

        PulledStudy study = await run.FetchAsync(found, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        bool whole = study.Error is null && study.Failed.Count == 0;
        int failures = whole ? 0 : (mark?.Failures ?? 0) + 1;
        await pulls.SaveStudyAsync(
            site, key,
            new StudyPullMark(
                found.Evidence, failures, time.GetUtcNow() + Backoff.After(failures, s_firstRetry, s_longestRetry)),
            cancellationToken).ConfigureAwait(false);
        HubMetrics.PulledStudy(site, whole ? "fetched" : "incomplete");
        return whole;
    }
}
