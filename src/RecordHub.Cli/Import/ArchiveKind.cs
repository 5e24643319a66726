namespace RecordHub.Cli.Import;

/// <summary>What a file is walked as.</summary>
internal enum ArchiveKind
{
    None = 0,
    Zip,

    /// <summary>A tar archive, also one packed by gzip, or one file packed by gzip.</summary>
    Tar,

    /// <summary>An e-mail, which is a document too.</summary>
    Mail,

    /// <summary>An image of a disc (ISO 9660).</summary>
    DiscImage,
}
