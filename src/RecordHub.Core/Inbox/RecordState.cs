namespace RecordHub.Core.Inbox;

/// <summary>What became of a record.</summary>
public enum RecordState
{
    /// <summary>In a case.</summary>
    Filed,

    /// <summary>Waiting for a person, with a reason; in no case, no search and no package.</summary>
    Held,

    /// <summary>Kept, but unreadable or turned down, with a reason.</summary>
    Rejected,

    /// <summary>Not a record, named.</summary>
    Ignored,
}
