namespace RecordHub.Core.Inbox;

/// <summary>How much a person's decision on a record speaks for: of what names the same patient and is in the same state.</summary>
public enum InboxExtent
{
    /// <summary>The record alone.</summary>
    Record,

    /// <summary>Every record of its study.</summary>
    Study,

    /// <summary>Every record that names this patient.</summary>
    Patient,
}
