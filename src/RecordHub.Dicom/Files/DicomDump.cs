namespace RecordHub.Dicom.Files;

/// <summary>A data set as text for people, with names.</summary>
public static class DicomDump
{
    public static void Write(TextWriter output, DicomHeader header) => throw new NotImplementedException();
}
