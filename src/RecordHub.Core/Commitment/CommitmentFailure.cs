namespace RecordHub.Core.Commitment;

/// <summary>Why an instance is not committed; the value is the Failure Reason (0008,1197) of PS3.3 §C.14.1.1.</summary>
public enum CommitmentFailure
{
    /// <summary>It is recorded, and its bytes are damaged or gone.</summary>
    ProcessingFailure = 0x0110,

    /// <summary>It is not here, or a person turned it down.</summary>
    NoSuchObjectInstance = 0x0112,

    /// <summary>It is here, of another SOP class.</summary>
    ClassInstanceConflict = 0x0119,

    /// <summary>It is not here, and never can be: the SOP class is not stored here.</summary>
    ReferencedSopClassNotSupported = 0x0122,

    /// <summary>The Transaction UID was used before for something else.</summary>
    DuplicateTransactionUid = 0x0131,
}
