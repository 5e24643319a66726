using RecordHub.Core.Requests;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Pulling;

/// <summary>How asking the sites stands, for every process: what is known of it is in the database.</summary>
public sealed class PullWatch(IPullStore pulls, RecordHubOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(5);

    /// <summary>A part for each site that is asked at an interval; none when the database does not answer, which is said elsewhere.</summary>
    internal async Task<IReadOnlyList<ReadinessPart>> LookAsync(CancellationToken cancellationToken)
    {
        SiteOptions[] sites = [.. options.Sites.Where(site => site.PullEvery is not null)];
        if (sites.Length == 0)
        {
            return [];
        }

        try
        {
            IReadOnlyList<SitePull> known = await pulls.ListAsync(cancellationToken).ConfigureAwait(false);
            return [.. sites.Select(site => new ReadinessPart(
                $"pull {site.Name}", Needed: false, Trouble(site, known.FirstOrDefault(one => one.Site == site.Name))))];
        }
#pragma warning disable CA1031 // whatever it is, it is the database's trouble
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private string? Trouble(SiteOptions site, SitePull? last) =>
        last is null ? $"{site.Name} was not asked yet; a process with the role puller does."
        : last.Failures > 0 ? $"{site.Name} {last.Trouble}, {last.Failures} times in a row; it is asked again at {last.NextAt:u}."
        : last.NextAt + s_late < time.GetUtcNow()
            ? $"{site.Name} has been due since {last.NextAt:u}: is a process with the role puller running?"
        : null;
}
