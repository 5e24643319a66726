namespace RecordHub.Core.Commitment;

/// <summary>An instance as a sender names it: its SOP Class UID and its SOP Instance UID.</summary>
public readonly record struct InstanceReference(string SopClassUid, string SopInstanceUid);
