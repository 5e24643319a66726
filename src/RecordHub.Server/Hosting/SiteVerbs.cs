namespace RecordHub.Server.Hosting;

/// <summary>What a site may ask of the DICOM door.</summary>
[Flags]
public enum SiteVerbs
{
    /// <summary>Nothing: a site that is only called.</summary>
    None = 0,

    /// <summary>C-ECHO.</summary>
    Echo = 1,

    /// <summary>C-STORE.</summary>
    Store = 2,

    /// <summary>Storage commitment.</summary>
    Commit = 4,

    /// <summary>C-FIND.</summary>
    Find = 8,

    /// <summary>C-MOVE.</summary>
    Move = 16,

    /// <summary>C-GET.</summary>
    Get = 32,

    /// <summary>What a sender needs, and what is allowed when nothing is configured.</summary>
    Sender = Echo | Store | Commit,
}
