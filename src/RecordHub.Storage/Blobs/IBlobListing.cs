namespace RecordHub.Storage.Blobs;

/// <summary>Lists what is there.</summary>
internal interface IBlobListing
{
    /// <summary>The blobs whose hash begins with a byte, in no particular order; without what was set aside.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(byte first, CancellationToken cancellationToken);
}
