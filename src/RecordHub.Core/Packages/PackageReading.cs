using RecordHub.Core.Cases;

namespace RecordHub.Core.Packages;

/// <summary>Somebody opened something of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">The package version; null where the case was read, and then it is the one that was current.</param>
/// <param name="Reader">The token's id.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Role">The token's role.</param>
/// <param name="Kind">What was opened.</param>
/// <param name="At">When.</param>
public readonly record struct PackageReading(
    CaseNumber Case, int? Version, string Reader, string Name, string Role, ReadingKind Kind, DateTimeOffset At);
