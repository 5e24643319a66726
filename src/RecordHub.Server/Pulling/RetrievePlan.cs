using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Server.Pulling;

/// <summary>How what is missing is asked for: whole studies and series where nothing of them is held, else by name. Pure.</summary>
internal static class RetrievePlan
{
    // A list of UIDs stays far below 64 KiB, which is all that an explicit encoding has room for.
    private const int MostInstances = 200;

    /// <summary>The identifiers of the requests.</summary>
    /// <param name="listed">All that the node has of what was asked for.</param>
    /// <param name="missing">Those of them that are not held.</param>
    /// <param name="byName">Whether each is named, as after a request for the whole that brought a part.</param>
    public static IEnumerable<DicomDataSet> For(
        IReadOnlyCollection<ListedInstance> listed, IReadOnlyCollection<ListedInstance> missing, bool byName)
    {
        ILookup<string, ListedInstance> all = listed.ToLookup(one => one.Study);
        foreach (IGrouping<string, ListedInstance> study in missing.GroupBy(one => one.Study))
        {
            if (!byName && study.Count() == all[study.Key].Count())
            {
                yield return Identifier("STUDY", study.First());
                continue;
            }

            foreach (IGrouping<string, ListedInstance> series in study.GroupBy(one => one.Series))
            {
                if (!byName && series.Count() == all[study.Key].Count(one => one.Series == series.Key))
                {
                    yield return Identifier("SERIES", series.First()).Add(DicomTags.SeriesInstanceUID, series.Key);
                    continue;
                }

                foreach (ListedInstance[] some in series.Chunk(MostInstances))
                {
                    yield return Identifier("IMAGE", some[0])
                        .Add(DicomTags.SeriesInstanceUID, series.Key)
                        .Add(DicomTags.SOPInstanceUID, string.Join('\\', some.Select(one => one.Instance.ToString())));
                }
            }
        }
    }

    private static DicomDataSet Identifier(string level, ListedInstance one)
    {
        DicomDataSet identifier = new DicomDataSet()
            .Add(DicomTags.QueryRetrieveLevel, level).Add(DicomTags.StudyInstanceUID, one.Study);
        return one.PatientId is { } patient ? identifier.Add(DicomTags.PatientID, patient) : identifier;
    }
}
