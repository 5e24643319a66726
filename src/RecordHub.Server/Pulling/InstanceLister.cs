using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>
/// Lists the instances that a node has, level by level: old nodes answer at the level of images only when study and series
/// are named, and in the patient root at the level of studies only when the patient is (PS3.4 §C.4.1.3.1.1).
/// </summary>
public sealed class InstanceLister(NodeCaller node)
{
    private static readonly DicomTag[] s_below =
        [DicomTags.QueryRetrieveLevel, DicomTags.SeriesInstanceUID, DicomTags.SOPInstanceUID];

    /// <summary>The instances of what matches.</summary>
    /// <param name="keys">Keys of patient and study, and a series or instances of it where named.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="QueryRefusedException">The node does not answer the query.</exception>
    public Task<IReadOnlyList<ListedInstance>> ListAsync(DicomDataSet keys, CancellationToken cancellationToken) =>
        AskAsync(session => ListAsync(session, keys), cancellationToken);

    /// <summary>The studies that match, with the keys that were asked for.</summary>
    /// <param name="keys">Keys of patient and study.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="QueryRefusedException">The node does not answer the query.</exception>
    public Task<IReadOnlyList<DicomDataSet>> ListStudiesAsync(DicomDataSet keys, CancellationToken cancellationToken) =>
        AskAsync(session => StudiesAsync(session, keys), cancellationToken);

    private Task<T> AskAsync<T>(Func<FindSession, Task<T>> ask, CancellationToken cancellationToken) => node.CallAsync(
        ContextPlan.Queries(QueryService.Find), [],
        (association, giveUp) => ask(
            new FindSession(association, node.ModelOf(association, QueryService.Find), cancellationToken, giveUp)),
        cancellationToken);

    private static async Task<IReadOnlyList<ListedInstance>> ListAsync(FindSession session, DicomDataSet keys)
    {
        List<ListedInstance> listed = [];
        foreach (DicomDataSet study in await StudiesAsync(session, keys).ConfigureAwait(false))
        {
            string? patient = study.GetString(DicomTags.PatientID);
            string studyUid = study.GetString(DicomTags.StudyInstanceUID) ?? string.Empty;
            DicomDataSet ofStudy = Within(patient, studyUid)
                .Add(DicomTags.SeriesInstanceUID, string.Join('\\', keys.GetStrings(DicomTags.SeriesInstanceUID)));
            foreach (DicomDataSet series in await session.FindAsync("SERIES", ofStudy).ConfigureAwait(false))
            {
                string seriesUid = series.GetString(DicomTags.SeriesInstanceUID) ?? string.Empty;
                DicomDataSet ofSeries = Within(patient, studyUid)
                    .Add(DicomTags.SeriesInstanceUID, seriesUid)
                    .Add(DicomTags.SOPInstanceUID, string.Join('\\', keys.GetStrings(DicomTags.SOPInstanceUID)))
                    .Add(DicomTags.SOPClassUID, string.Empty);
                listed.AddRange((await session.FindAsync("IMAGE", ofSeries).ConfigureAwait(false))
                    .Select(image => new ListedInstance(
                        patient, studyUid, seriesUid, image.GetUid(DicomTags.SOPInstanceUID),
                        image.GetUid(DicomTags.SOPClassUID)))
                    .Where(image => !image.Instance.IsNone));
            }
        }

        return [.. listed.DistinctBy(instance => instance.Instance)];
    }

    private static async Task<IReadOnlyList<DicomDataSet>> StudiesAsync(FindSession session, DicomDataSet keys)
    {
        DicomDataSet asked = Only(keys, tag => !s_below.Contains(tag));
        AddWanted(asked, DicomTags.StudyInstanceUID);
        AddWanted(asked, DicomTags.PatientID);
        if (session.Model == QueryModel.StudyRoot || IsOne(asked.GetString(DicomTags.PatientID)))
        {
            return await session.FindAsync("STUDY", asked).ConfigureAwait(false);
        }

        List<DicomDataSet> studies = [];
        DicomDataSet ofPatients = Only(asked, tag => tag.Group == 0x0010 || tag == DicomTags.SpecificCharacterSet);
        foreach (DicomDataSet patient in await session.FindAsync("PATIENT", ofPatients).ConfigureAwait(false))
        {
            DicomDataSet ofPatient = Only(asked, tag => tag.Group != 0x0010)
                .Add(DicomTags.PatientID, patient.GetString(DicomTags.PatientID) ?? string.Empty);
            studies.AddRange(await session.FindAsync("STUDY", ofPatient).ConfigureAwait(false));
        }

        return studies;
    }

    private static bool IsOne(string? value) => value is { Length: > 0 } && value.IndexOfAny(['*', '?', '\\']) < 0;

    private static DicomDataSet Only(DicomDataSet keys, Func<DicomTag, bool> isKept)
    {
        DicomDataSet kept = new();
        foreach (DicomElement key in keys.Where(key => isKept(key.Tag)))
        {
            kept.Add(key);
        }

        return kept;
    }

    private static DicomDataSet Within(string? patient, string study)
    {
        DicomDataSet keys = new DicomDataSet().Add(DicomTags.StudyInstanceUID, study);
        return patient is null ? keys : keys.Add(DicomTags.PatientID, patient);
    }

    private static void AddWanted(DicomDataSet keys, DicomTag tag)
    {
        if (!keys.Contains(tag))
        {
            keys.Add(tag, string.Empty);
        }
    }
}
