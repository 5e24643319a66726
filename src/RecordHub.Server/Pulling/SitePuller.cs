using System.Globalization;
using System.Runtime.CompilerServices;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
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
        ArgumentNullException.ThrowIfNull(request);
        NodeCaller node = NodeOf(request.Site);
        StudyPull pull = new(request, node, records, new OwnNode(options, time), time, progress);
        HashSet<string> done = [];
        foreach (DicomDataSet keys in Queries(request))
        {
            foreach (DicomDataSet study in await new InstanceLister(node)
                .ListStudiesAsync(keys, cancellationToken).ConfigureAwait(false))
            {
                // A site may take signs of an identifier for wildcards, or leave a key out.
                string? patient = study.GetString(DicomTags.PatientID);
                if (study.GetString(DicomTags.StudyInstanceUID) is not { Length: > 0 } uid
                    || (request.PatientIds.Count > 0 && patient != keys.GetString(DicomTags.PatientID)) || !done.Add(uid))
                {
                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                yield return await pull.RunAsync(uid, patient, cancellationToken).ConfigureAwait(false);
            }
        }
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

    private static IEnumerable<DicomDataSet> Queries(PullRequest request)
    {
        foreach (string patient in request.PatientIds.DefaultIfEmpty(string.Empty))
        {
            DicomDataSet keys = new DicomDataSet().AddText(DicomTags.PatientID, DicomVr.LO, patient);
            yield return request.Since is { } since
                ? keys.AddText(DicomTags.StudyDate, DicomVr.DA, since.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "-")
                : keys;
        }
    }
}
