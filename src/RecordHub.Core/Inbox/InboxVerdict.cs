namespace RecordHub.Core.Inbox;

/// <summary>What a person can say of a record.</summary>
public enum InboxVerdict
{
    /// <summary>It belongs to the named case.</summary>
    Assign,

    /// <summary>It belongs to none.</summary>
    Reject,

    /// <summary>The decision before this one no longer holds: the record is held again.</summary>
    Undo,
}
