namespace RecordHub.Documents.Archives;

/// <summary>What a file is walked as.</summary>
public enum ArchiveKind
{
    /// <summary>No archive.</summary>
    None = 0,

    /// <summary>A ZIP file that is no document.</summary>
    Zip,

    /// <summary>A tar archive, also one packed by gzip, or one file packed by gzip.</summary>
    Tar,

    /// <summary>An e-mail, which is a document too.</summary>
    Mail,

    /// <summary>An image of a disc (ISO 9660).</summary>
    DiscImage,
}
