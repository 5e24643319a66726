namespace RecordHub.Core.Commitment;

/// <summary>A stored copy after it was read again.</summary>
/// <param name="Condition">What was found.</param>
/// <param name="SopClassUid">The class that the bytes say; null when they say none.</param>
public readonly record struct InspectedCopy(CopyCondition Condition, string? SopClassUid);
