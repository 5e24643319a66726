using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Media;

/// <summary>A DICOMDIR (PS3.10 §8.6, PS3.3 Annex F): read when there, trusted never.</summary>
/// <remarks>
/// The records are taken in the order in which they are stored; their offsets, which media written by hand have wrong,
/// are not followed. A file that is on the medium and not in the directory is for the importer to find.
/// </remarks>
public static class DicomDirectory
{
    private static readonly Uid s_mediaStorageDirectory = Uid.Parse("1.2.840.10008.1.3.10");

    /// <summary>Whether the input is a directory and so no record of a patient.</summary>
    public static bool IsDirectory(DicomHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.FileMeta?.GetUid(DicomTags.MediaStorageSOPClassUID) == s_mediaStorageDirectory
            || header.DataSet.GetUid(DicomTags.SOPClassUID) == s_mediaStorageDirectory
            || header.DataSet.Contains(DicomTags.DirectoryRecordSequence);
    }

    /// <summary>Every directory record that refers to a file.</summary>
    public static IReadOnlyList<DirectoryReference> References(DicomDataSet directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        List<DirectoryReference> references = [];
        string? patient = null;
        int before = 0;
        bool isBelow = true;
        foreach (DicomDataSet record in directory.GetSequence(DicomTags.DirectoryRecordSequence))
        {
            if (record.GetString(DicomTags.DirectoryRecordType) == "PATIENT")
            {
                // Two in a row: records are not stored below their patients, and whose each is only the offsets say.
                isBelow = isBelow && (patient is null || references.Count > before);
                before = references.Count;
                patient = record.GetString(DicomTags.PatientID) ?? string.Empty;
            }

            string[] components = [.. record.GetStrings(DicomTags.ReferencedFileID).SelectMany(Components)];
            if (components.Length > 0)
            {
                references.Add(new DirectoryReference(
                    components,
                    record.GetString(DicomTags.DirectoryRecordType) ?? string.Empty,
                    record.GetUid(DicomTags.ReferencedSOPClassUIDInFile),
                    record.GetUid(DicomTags.ReferencedSOPInstanceUIDInFile),
                    record.GetUid(DicomTags.ReferencedTransferSyntaxUIDInFile))
                {
                    PatientId = patient,
                });
            }
        }

        return isBelow ? references : references.ConvertAll(reference => reference with { PatientId = null });
    }

    // Slashes are in no file identifier of the standard and in many on discs; steps upwards are never followed.
    private static IEnumerable<string> Components(string value) =>
        value.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(component => component is not ("." or ".."));
}
