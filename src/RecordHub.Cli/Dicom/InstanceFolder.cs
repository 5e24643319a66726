using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>A folder that received instances are written to, each as a file named by its SOP Instance UID.</summary>
/// <remarks>A file gets its name when it is whole: what is there under its name need not be fetched again.</remarks>
internal sealed class InstanceFolder(string folder)
{
    private const int BufferLength = 128 * 1024;

    public string PathOf(Uid instance) => Path.Combine(folder, $"{instance}.dcm");

    public bool Has(Uid instance) => File.Exists(PathOf(instance));

    /// <summary>Writes one, byte for byte as it comes.</summary>
    public async ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string path = PathOf(request.SopInstanceUid);
        string partial = path + ".part";
        try
        {
            Directory.CreateDirectory(folder);
            await using (FileStream file = new(partial, FileMode.Create, FileAccess.Write, FileShare.None, BufferLength, useAsync: true))
            {
                ArrayBufferWriter<byte> meta = new(512);
                FileMetaWriter.Write(
                    meta, request.SopClassUid, request.SopInstanceUid, request.TransferSyntax, request.CallingAeTitle);
                await file.WriteAsync(meta.WrittenMemory, cancellationToken);
                await dataSet.CopyToAsync(file, BufferLength, cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
            return StoreResponse.Success;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new StoreResponse(DimseStatus.OutOfResources, "It could not be written here");
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
