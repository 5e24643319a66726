using RecordHub.Core.Cases;

namespace RecordHub.Core.Access;

/// <summary>
/// What a caller may see. Every read of case content passes one, so that the filter is in one place: the store.
/// </summary>
public sealed record AccessScope
{
    /// <summary>Everything; administrators and coordinators.</summary>
    public static AccessScope All { get; } = new() { Cases = null };

    /// <summary>Nothing.</summary>
    public static AccessScope None { get; } = new() { Cases = [] };

    /// <summary>The cases whose compartment may be read; null means all.</summary>
    public IReadOnlyList<CaseNumber>? Cases { get; init; } = [];

    /// <summary>The part of this scope that lies in one case.</summary>
    public AccessScope Within(CaseNumber number) =>
        Cases is null || Cases.Contains(number) ? new AccessScope { Cases = [number] } : None;
}
