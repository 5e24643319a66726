using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>What an SCP tells of its own accord (N-EVENT-REPORT, PS3.7 §10.1.1).</summary>
public sealed record EventReport(Uid SopClassUid, Uid SopInstanceUid, ushort EventTypeId, DicomDataSet DataSet)
{
    /// <summary>The type only: the data set may name a patient.</summary>
    public override string ToString() => nameof(EventReport);
}
