using RecordHub.Core.Inbox;

namespace RecordHub.Core.Intake;

/// <summary>A received item, the revision of its row, and the people's decisions on its records.</summary>
public sealed record StoredItem(
    ReceivedItem Received, int Revision, ItemId? ConflictsWith, IReadOnlyList<InboxDecision> Decisions)
{
    /// <summary>The type only: the source may name a patient.</summary>
    public override string ToString() => nameof(StoredItem);
}
