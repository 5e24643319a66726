namespace RecordHub.Core.Retention;

/// <summary>For how long a case is kept.</summary>
/// <param name="Hold">Its legal hold; null without.</param>
/// <param name="DueAt">When the rules let it be purged; null as long as it is in no last state, or in one without a limit.</param>
public sealed record CaseKeeping(CaseHold? Hold, DateTimeOffset? DueAt);
