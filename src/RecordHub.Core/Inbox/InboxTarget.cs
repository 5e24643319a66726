using RecordHub.Core.Intake;

namespace RecordHub.Core.Inbox;

/// <summary>What a decision is about: a record, and how much goes with it. A record alone means its study.</summary>
public readonly record struct InboxTarget(RecordId Id, InboxExtent Extent = InboxExtent.Study)
{
    /// <summary>The record and its study.</summary>
    public static implicit operator InboxTarget(RecordId id) => new(id);

    /// <summary>The record and its study.</summary>
    public static InboxTarget ToInboxTarget(RecordId id) => new(id);
}
