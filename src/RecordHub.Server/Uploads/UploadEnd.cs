namespace RecordHub.Server.Uploads;

/// <summary>Why no more of a request is read.</summary>
internal enum UploadEnd
{
    /// <summary>All of it was.</summary>
    Whole,

    /// <summary>It broke off.</summary>
    Broken,

    /// <summary>It has more files than are taken at a time.</summary>
    TooMany,

    /// <summary>A file is over the limit.</summary>
    TooLarge,

    /// <summary>The link has taken what it may, or has ended.</summary>
    LinkFull,

    /// <summary>The disk has no room.</summary>
    Full,

    /// <summary>The store does not answer, or too much waits to be filed.</summary>
    Away,
}
