using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>A case that has been in its last state for longer than the rules keep it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Tenant">Whose case it is.</param>
/// <param name="Status">Its state.</param>
/// <param name="Since">Since when.</param>
/// <param name="Hold">Its legal hold, which keeps it; null without.</param>
public sealed record DueCase(CaseNumber Case, Tenant Tenant, string Status, DateTimeOffset Since, CaseHold? Hold);
