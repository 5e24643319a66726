namespace RecordHub.Cli.Import;

/// <summary>What a file is walked as.</summary>
internal enum ArchiveKind
{
    None = 0,
    Zip,

    /// <summary>An image of a disc (ISO 9660).</summary>
    DiscImage,
}
