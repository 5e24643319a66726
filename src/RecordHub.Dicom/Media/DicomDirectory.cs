using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Media;

/// <summary>A DICOMDIR (PS3.10 §8.6, PS3.3 Annex F): read when there, trusted never.</summary>
public static class DicomDirectory
{
    /// <summary>Whether the file meta information says Media Storage Directory.</summary>
    public static bool IsDirectory(Files.DicomHeader header) => throw new NotImplementedException();

    /// <summary>Every directory record that refers to a file, in the order in which they are stored.</summary>
    public static IReadOnlyList<DirectoryReference> References(DicomDataSet directory) => throw new NotImplementedException();
}
