using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The identifiers that the upper layer itself needs (PS3.6 Annex A).</summary>
internal static class WellKnownUids
{
    /// <summary>DICOM Application Context Name (PS3.7 §A.2.1).</summary>
    public static Uid ApplicationContext { get; } = Uid.Parse("1.2.840.10008.3.1.1.1");

    public static Uid Verification { get; } = Uid.Parse("1.2.840.10008.1.1");

    public static Uid StorageServiceClass { get; } = Uid.Parse("1.2.840.10008.4.2");

    public static Uid ImplicitVrLittleEndian { get; } = Uid.Parse("1.2.840.10008.1.2");

    public static Uid ExplicitVrLittleEndian { get; } = Uid.Parse("1.2.840.10008.1.2.1");
}
