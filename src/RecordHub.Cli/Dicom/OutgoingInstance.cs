using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Cli.Dicom;

/// <summary>A file that can be sent: what it is, and where its data set begins.</summary>
internal sealed record OutgoingInstance(string Path, Uid SopClass, Uid SopInstance, Uid TransferSyntax, long DataSetOffset)
{
    /// <summary>Reads the header; null when the file cannot be sent, and the reason why.</summary>
    public static async Task<(OutgoingInstance? Instance, string Reason)> ReadAsync(
        string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            DicomHeader header = await DicomFile.ReadHeaderAsync(file, cancellationToken);
            Uid sopClass = Either(header, DicomTags.SOPClassUID, DicomTags.MediaStorageSOPClassUID);
            Uid instance = Either(header, DicomTags.SOPInstanceUID, DicomTags.MediaStorageSOPInstanceUID);
            Uid syntax = header.FileMeta?.GetUid(DicomTags.TransferSyntaxUID) ?? Uid.None;
            return sopClass.IsNone || instance.IsNone
                ? (null, "it has no SOP Class UID or no SOP Instance UID")
                : (new OutgoingInstance(
                    path, sopClass, instance, syntax.IsNone ? header.TransferSyntax.Uid : syntax, header.DataSetOffset), string.Empty);
        }
        catch (DicomFormatException notDicom)
        {
            return (null, notDicom.Message);
        }
    }

    /// <summary>The type only: a path may name a patient.</summary>
    public override string ToString() => nameof(OutgoingInstance);

    private static Uid Either(DicomHeader header, DicomTag tag, DicomTag inMeta)
    {
        Uid uid = header.DataSet.GetUid(tag);
        return uid.IsNone ? header.FileMeta?.GetUid(inMeta) ?? Uid.None : uid;
    }
}
