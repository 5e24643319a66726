using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Tests.Network;

internal static class NetworkUids
{
    public static readonly Uid Verification = Uid.Parse("1.2.840.10008.1.1");
    public static readonly Uid CtImageStorage = Uid.Parse("1.2.840.10008.5.1.4.1.1.2");
    public static readonly Uid MrImageStorage = Uid.Parse("1.2.840.10008.5.1.4.1.1.4");
    public static readonly Uid StudyRootFind = Uid.Parse("1.2.840.10008.5.1.4.1.2.2.1");
    public static readonly Uid ImplicitLittle = Uid.Parse("1.2.840.10008.1.2");
    public static readonly Uid ExplicitLittle = Uid.Parse("1.2.840.10008.1.2.1");
    public static readonly Uid ExplicitBig = Uid.Parse("1.2.840.10008.1.2.2");
    public static readonly Uid Jpeg2000 = Uid.Parse("1.2.840.10008.1.2.4.90");
    public static readonly Uid Instance = Uid.Parse("2.25.1234567890");
}
