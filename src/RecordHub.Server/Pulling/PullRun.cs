using System.Runtime.CompilerServices;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Server.Pulling;

/// <summary>One request to a site: finds its studies, and takes in those that are wanted.</summary>
internal sealed class PullRun(PullRequest request, InstanceLister lister, StudyPull pull)
{
    /// <summary>Each study that matches, once.</summary>
    public async IAsyncEnumerable<FoundStudy> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> found = [];
        foreach (DicomDataSet keys in PullQueries.Of(request))
        {
            foreach (DicomDataSet answer in await lister.ListStudiesAsync(keys, cancellationToken).ConfigureAwait(false))
            {
                if (PullQueries.Read(keys, answer) is { } study && found.Add(study.Study))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return study;
                }
            }
        }
    }

    /// <summary>Takes in what is not here of a study.</summary>
    public Task<PulledStudy> FetchAsync(FoundStudy study, CancellationToken cancellationToken) =>
        pull.RunAsync(study.Study, study.Patient, cancellationToken);
}
