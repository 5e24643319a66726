using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>What this implementation calls itself in files and associations (PS3.7 §D.3.3.2).</summary>
public static class Implementation
{
    /// <summary>Derived from a UUID (PS3.5 §B.2).</summary>
    public static Uid ClassUid { get; } = Uid.Parse("2.25.169124088005587821131952311888008421184");

    /// <summary>At most sixteen characters.</summary>
    public static string VersionName => "RECORDHUB_1";
}
