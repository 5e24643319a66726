using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Core.Commitment;

/// <summary>Whether an instance is committed. Pure.</summary>
public static class CommitmentDecision
{
    /// <summary>
    /// Null: it is. Every copy under this UID must be sound, as nothing tells which of them the sender means; which
    /// case it is in does not matter, nor whether it is in one yet.
    /// </summary>
    public static CommitmentFailure? Decide(InstanceReference reference, IReadOnlyList<InspectedCopy> copies)
    {
        ArgumentNullException.ThrowIfNull(copies);
        if (copies.Count == 0)
        {
            return Uid.TryParse(reference.SopClassUid, out Uid sopClass) && UidDictionary.TryGet(sopClass, out _)
                && !UidDictionary.IsStorageSopClass(sopClass)
                ? CommitmentFailure.ReferencedSopClassNotSupported
                : CommitmentFailure.NoSuchObjectInstance;
        }

        if (copies.Any(copy => copy.Condition != CopyCondition.Sound))
        {
            return CommitmentFailure.ProcessingFailure;
        }

        return copies.Any(copy => copy.SopClassUid == reference.SopClassUid)
            ? null
            : CommitmentFailure.ClassInstanceConflict;
    }
}
