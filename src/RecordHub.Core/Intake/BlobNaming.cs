namespace RecordHub.Core.Intake;

/// <summary>How a blob that is about to be written will be found again.</summary>
public enum BlobNaming
{
    /// <summary>By its hash alone, from the moment of its commit.</summary>
    ByHash,

    /// <summary>
    /// By the place that the commit may give: who commits saves it with the row that names the blob. Small blobs then
    /// share a file, and the flush of others.
    /// </summary>
    ByRow,
}
