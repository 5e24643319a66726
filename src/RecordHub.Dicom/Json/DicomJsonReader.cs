using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Json;

/// <summary>Reads the DICOM JSON Model (PS3.18 Annex F) with bounded depth.</summary>
public static class DicomJsonReader
{
    /// <summary>Reads one object, or an array of them.</summary>
    /// <exception cref="Files.DicomFormatException">Not DICOM JSON.</exception>
    public static IReadOnlyList<DicomDataSet> Read(ReadOnlyMemory<byte> utf8Json) => throw new NotImplementedException();
}
