using System.Text.Json;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Json;

/// <summary>Writes the DICOM JSON Model (PS3.18 Annex F).</summary>
public static class DicomJsonWriter
{
    /// <summary>One data set as a JSON object.</summary>
    public static void Write(Utf8JsonWriter output, DicomDataSet dataSet, DicomJsonOptions? options = null) =>
        throw new NotImplementedException();
}
