using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Network;

/// <summary>The data sets of the Storage Commitment Push Model SOP Class (PS3.4 Annex J).</summary>
public static class StorageCommitment
{
    /// <summary>Action Type ID of "request storage commitment" (PS3.4 Table J.3.2-1).</summary>
    public const ushort RequestAction = 1;

    /// <summary>Event Type ID of "all is committed" (PS3.4 Table J.3.3-1).</summary>
    public const ushort SuccessEvent = 1;

    /// <summary>Event Type ID of "some is not" (PS3.4 Table J.3.3-1).</summary>
    public const ushort FailuresEvent = 2;

    /// <summary>The context of storage commitment, to be proposed under this number.</summary>
    public static PresentationContext Context(byte id) => new(
        id, WellKnownUids.StorageCommitment,
        [WellKnownUids.ExplicitVrLittleEndian, WellKnownUids.ImplicitVrLittleEndian]);

    /// <summary>Reads the action information of a request.</summary>
    /// <exception cref="InstanceException">Something that a request must have is missing or wrong.</exception>
    public static CommitmentRequest ReadRequest(DicomDataSet information)
    {
        ArgumentNullException.ThrowIfNull(information);
        Uid transaction = Required(information, DicomTags.TransactionUID, "Transaction UID");
        if (!information.Contains(DicomTags.ReferencedSOPSequence))
        {
            throw new InstanceException(DimseStatus.MissingAttribute, "Referenced SOP Sequence is missing");
        }

        List<SopReference> references = [.. References(information, DicomTags.ReferencedSOPSequence)];
        return references.Count > 0
            ? new CommitmentRequest(transaction, references)
            : throw new InstanceException(DimseStatus.MissingAttributeValue, "Referenced SOP Sequence is empty");
    }

    /// <summary>The action information of a request.</summary>
    public static DicomDataSet ToDataSet(CommitmentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DicomDataSet()
            .Add(DicomTags.TransactionUID, request.TransactionUid)
            .Add(DicomTags.ReferencedSOPSequence, [.. request.References.Select(Item)]);
    }

    /// <summary>The report as an event.</summary>
    /// <param name="report">What became of the request.</param>
    /// <param name="retrieveAeTitle">By which title the instances can be retrieved; null when by none.</param>
    public static EventReport ToEvent(CommitmentReport report, string? retrieveAeTitle)
    {
        ArgumentNullException.ThrowIfNull(report);
        DicomDataSet information = new DicomDataSet().Add(DicomTags.TransactionUID, report.TransactionUid);
        if (retrieveAeTitle is not null)
        {
            information.Add(DicomTags.RetrieveAETitle, retrieveAeTitle);
        }

        if (report.Committed.Count > 0)
        {
            information.Add(DicomTags.ReferencedSOPSequence, [.. report.Committed.Select(Item)]);
        }

        if (report.Failed.Count > 0)
        {
            information.Add(
                DicomTags.FailedSOPSequence,
                [.. report.Failed.Select(failed => Item(failed.Reference).Add(DicomTags.FailureReason, failed.Reason))]);
        }

        return new EventReport(
            WellKnownUids.StorageCommitment, WellKnownUids.StorageCommitmentInstance,
            report.Failed.Count > 0 ? FailuresEvent : SuccessEvent, information);
    }

    /// <summary>Reads the event information of a report.</summary>
    /// <exception cref="InstanceException">Something that a report must have is missing or wrong.</exception>
    public static CommitmentReport ReadReport(DicomDataSet information)
    {
        ArgumentNullException.ThrowIfNull(information);
        return new CommitmentReport(
            Required(information, DicomTags.TransactionUID, "Transaction UID"),
            [.. References(information, DicomTags.ReferencedSOPSequence)],
            [.. References(information, DicomTags.FailedSOPSequence).Zip(
                information.GetSequence(DicomTags.FailedSOPSequence),
                (reference, item) => (reference, (ushort)(item.GetInt32(DicomTags.FailureReason) ?? DimseStatus.ProcessingFailure)))]);
    }

    private static IEnumerable<SopReference> References(DicomDataSet information, DicomTag sequence) =>
        information.GetSequence(sequence).Select(item => new SopReference(
            Required(item, DicomTags.ReferencedSOPClassUID, "Referenced SOP Class UID"),
            Required(item, DicomTags.ReferencedSOPInstanceUID, "Referenced SOP Instance UID")));

    private static DicomDataSet Item(SopReference reference) => new DicomDataSet()
        .Add(DicomTags.ReferencedSOPClassUID, reference.SopClass)
        .Add(DicomTags.ReferencedSOPInstanceUID, reference.SopInstance);

    private static Uid Required(DicomDataSet dataSet, DicomTag tag, string name)
    {
        if (dataSet.GetString(tag) is not { } text)
        {
            throw dataSet.Contains(tag)
                ? new InstanceException(DimseStatus.MissingAttributeValue, $"{name} is empty")
                : new InstanceException(DimseStatus.MissingAttribute, $"{name} is missing");
        }

        return Uid.TryParse(text, out Uid uid)
            ? uid
            : throw new InstanceException(DimseStatus.InvalidArgumentValue, $"{name} is not a UID");
    }
}
