using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Stored instances as the network room sends them.</summary>
internal static class StoredInstances
{
    /// <summary>The instance with its bytes as they are stored.</summary>
    public static RetrievedInstance ToRetrieved(InstancePlace place, IBlobStore blobs) => new(
        UidOf(place.SopClassUid), UidOf(place.SopInstanceUid), UidOf(place.TransferSyntaxUid),
        async cancellationToken =>
        {
            try
            {
                return await blobs.OpenAsync(place.Blob, place.DataSetOffset, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BlobMissingException or IOException)
            {
                throw new InstanceException(
                    DimseStatus.ProcessingFailure, "Its bytes cannot be read here; ask the operator to run doctor");
            }
        });

    private static Uid UidOf(string text) => Uid.TryParse(text, out Uid uid) ? uid : Uid.None;
}
