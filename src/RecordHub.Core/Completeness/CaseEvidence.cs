using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Completeness;

/// <summary>The evidence that a case's content has for each of its studies, by Study Instance UID: also those it is only told of.</summary>
internal static class CaseEvidence
{
    internal static IReadOnlyDictionary<string, StudyEvidence> Of(CaseContent content)
    {
        ILookup<string, SenderList> lists = SenderListReader.Read(content);
        ILookup<string, StoredInstance> instances = content.Instances.ToLookup(one => one.Facts.StudyInstanceUid);
        return instances.Select(one => one.Key).Union(lists.Select(one => one.Key)).ToDictionary(
            uid => uid,
            uid => new StudyEvidence
            {
                Instances = [.. instances[uid].DistinctBy(one => one.Facts.SopInstanceUid).Select(HeaderReader.Read)],
                Lists = [.. lists[uid]],
            },
            StringComparer.Ordinal);
    }
}
