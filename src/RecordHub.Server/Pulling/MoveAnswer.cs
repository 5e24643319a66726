using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>What the answer to a C-MOVE says of each instance. Pure.</summary>
internal static class MoveAnswer
{
    /// <summary>
    /// What the request covered, without what the node says has failed; nothing when it has failed with some and does not
    /// say with which.
    /// </summary>
    public static IEnumerable<Uid> Sent(
        IReadOnlyList<ListedInstance> listed, DicomDataSet identifier, QueryResult result)
    {
        bool isClear = result.IsComplete
            || (DimseStatus.IsStored(result.Status) && result.FailedInstances.Count >= result.Counts.Failed);
        if (!isClear)
        {
            return [];
        }

        HashSet<string> named = [.. identifier.GetStrings(DicomTags.SOPInstanceUID).Where(uid => uid.Length > 0)];
        return listed
            .Where(one => one.Study == identifier.GetString(DicomTags.StudyInstanceUID)
                && (identifier.GetString(DicomTags.SeriesInstanceUID) is not { } series || series == one.Series)
                && (named.Count == 0 || named.Contains(one.Instance.ToString())))
            .Select(one => one.Instance).Except(result.FailedInstances);
    }
}
