using RecordHub.Cli.Import;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>An instance that can be sent, from a file or from a store: what it is, and how its data set is opened.</summary>
/// <param name="Path">The file; empty when it is in a store.</param>
/// <param name="SopClass">SOP Class UID.</param>
/// <param name="SopInstance">SOP Instance UID.</param>
/// <param name="TransferSyntax">How its data set is encoded.</param>
internal sealed record OutgoingInstance(string Path, Uid SopClass, Uid SopInstance, Uid TransferSyntax)
{
    /// <summary>Opens its data set, without preamble and file meta information.</summary>
    public required Func<CancellationToken, Task<Stream>> OpenAsync { get; init; }

    /// <summary>What a journal knows its content by: another for another content.</summary>
    public required string Version { get; init; }

    /// <summary>What messages call it.</summary>
    public string Title => Path.Length > 0 ? Path : SopInstance.ToString();

    /// <summary>The same, as the network room sends it.</summary>
    public RetrievedInstance ToRetrieved() => new(
        SopClass, SopInstance, TransferSyntax, cancellationToken => new ValueTask<Stream>(OpenAsync(cancellationToken)));

    /// <summary>Reads the header of a file; null when the file cannot be sent, and the reason why.</summary>
    public static async Task<(OutgoingInstance? Instance, string Reason)> ReadAsync(
        string path, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = ReadableFile.Open(path);
            DicomHeader header = await DicomFile.ReadHeaderAsync(file, cancellationToken);
            Uid sopClass = Either(header, DicomTags.SOPClassUID, DicomTags.MediaStorageSOPClassUID);
            Uid instance = Either(header, DicomTags.SOPInstanceUID, DicomTags.MediaStorageSOPInstanceUID);
            Uid syntax = header.FileMeta?.GetUid(DicomTags.TransferSyntaxUID) ?? Uid.None;
            return sopClass.IsNone || instance.IsNone
                ? (null, "it has no SOP Class UID or no SOP Instance UID")
                : (new OutgoingInstance(path, sopClass, instance, syntax.IsNone ? header.TransferSyntax.Uid : syntax)
                {
                    OpenAsync = _ => Task.FromResult<Stream>(Open(path, header.DataSetOffset)),
                    Version = $"{file.Length} {File.GetLastWriteTimeUtc(path).Ticks}",
                }, string.Empty);
        }
        catch (DicomFormatException notDicom)
        {
            return (null, notDicom.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, ReadableFile.ReasonOf(unreadable));
        }
    }

    /// <summary>The type only: a path may name a patient.</summary>
    public override string ToString() => nameof(OutgoingInstance);

    private static FileStream Open(string path, long offset)
    {
        FileStream file = File.OpenRead(path);
        file.Position = offset;
        return file;
    }

    private static Uid Either(DicomHeader header, DicomTag tag, DicomTag inMeta)
    {
        Uid uid = header.DataSet.GetUid(tag);
        return uid.IsNone ? header.FileMeta?.GetUid(inMeta) ?? Uid.None : uid;
    }
}
