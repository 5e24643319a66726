using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The identifiers that the upper layer itself needs (PS3.6 Annex A).</summary>
public static class WellKnownUids
{
    /// <summary>DICOM Application Context Name (PS3.7 §A.2.1).</summary>
    public static Uid ApplicationContext { get; } = Uid.Parse("1.2.840.10008.3.1.1.1");

    public static Uid Verification { get; } = Uid.Parse("1.2.840.10008.1.1");

    /// <summary>Storage Commitment Push Model SOP Class (PS3.4 Annex J).</summary>
    public static Uid StorageCommitment { get; } = Uid.Parse("1.2.840.10008.1.20.1");

    /// <summary>The one instance of it, which every request and report names.</summary>
    public static Uid StorageCommitmentInstance { get; } = Uid.Parse("1.2.840.10008.1.20.1.1");

    public static Uid StorageServiceClass { get; } = Uid.Parse("1.2.840.10008.4.2");

    public static Uid ImplicitVrLittleEndian { get; } = Uid.Parse("1.2.840.10008.1.2");

    public static Uid ExplicitVrLittleEndian { get; } = Uid.Parse("1.2.840.10008.1.2.1");
}
