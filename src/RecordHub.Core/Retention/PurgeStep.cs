namespace RecordHub.Core.Retention;

/// <summary>What a purge does next. Each step may be repeated, and ends the same.</summary>
public enum PurgeStep
{
    /// <summary>Rows leave the database.</summary>
    Rows,

    /// <summary>Blobs that no other case names leave the blob store.</summary>
    Blobs,

    /// <summary>The database lets go of the pages that held the rows.</summary>
    Scrub,

    /// <summary>It is looked at what is left, and the certificate is made.</summary>
    Verify,

    /// <summary>Nothing is left to do.</summary>
    Done,
}
