namespace RecordHub.Core.Cases;

/// <summary>What a person does to end a case, or to take its end back.</summary>
public enum CaseMove
{
    /// <summary>The opinion was released to its recipient.</summary>
    Deliver,

    /// <summary>The opinion was read: nothing more is filed.</summary>
    Close,

    /// <summary>Nobody here gives an opinion on it.</summary>
    Decline,

    /// <summary>Whoever asked does not want it any more.</summary>
    Cancel,

    /// <summary>Its end is taken back: records are filed again.</summary>
    Reopen,
}
