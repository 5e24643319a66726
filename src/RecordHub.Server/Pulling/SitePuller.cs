using System.Runtime.CompilerServices;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Pulling;

/// <summary>Fetches studies from a site: finds them by C-FIND, and takes in what is not here, study by study.</summary>
public sealed class SitePuller(PullIntake records, SiteConnections calls, RecordHubOptions options, TimeProvider time)
{
    /// <summary>Each study of the site that matches, once it is dealt with. What is here is not fetched again.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Hears the counts of each request; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PullRefusedException">Nothing can be fetched from this site as it is configured.</exception>
    /// <exception cref="QueryRefusedException">The site does not answer the query.</exception>
    /// <exception cref="PeerUnreachableException">The site cannot be reached.</exception>
    /// <exception cref="AssociationException">The site does not talk to us.</exception>
    public async IAsyncEnumerable<PulledStudy> PullAsync(
        PullRequest request, Action<SubOperationCounts>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PullRun run = Begin(request, progress);
        await foreach (FoundStudy study in run.FindAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return await run.FetchAsync(study, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same for a caller who decides study by study.</summary>
    internal PullRun Begin(PullRequest request, Action<SubOperationCounts>? progress)
    {
        ArgumentNullException.ThrowIfNull(request);
        NodeCaller node = NodeOf(request.Site);
        return new PullRun(
            request, new InstanceLister(node),
            new StudyPull(request, node, records, new OwnNode(options, time), time, progress));
    }

    private NodeCaller NodeOf(SiteOptions site) => site switch
    {
        { AeTitle: { } title, Host: not null, Port: not null } => new NodeCaller(
            token => calls.OpenAsync(site, token),
            new RequestorOptions { CallingAeTitle = options.AeTitle, CalledAeTitle = title }, time),
        { DicomWebUrl: not null } => throw new PullRefusedException(
            $"Not supported yet: {site.Name} has only DICOMweb.",
            "Give it AeTitle with Host and Port if it speaks DICOM too, or have it send to us (STOW-RS, C-STORE)."),
        _ => throw new PullRefusedException(
            $"Nothing is configured by which {site.Name} could be asked.",
            "Give it AeTitle with Host and Port in appsettings.json."),
    };
}
