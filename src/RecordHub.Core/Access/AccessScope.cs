using RecordHub.Core.Cases;

namespace RecordHub.Core.Access;

/// <summary>
/// What a caller may see. Every read of cases, of what is in them and of what is held passes one, so that the filter is in
/// one place: the store.
/// </summary>
public sealed record AccessScope
{
    /// <summary>Everything, of all tenants: the service itself, and administrators of no tenant in particular.</summary>
    public static AccessScope All { get; } = new() { Cases = null };

    /// <summary>Nothing.</summary>
    public static AccessScope None { get; } = new() { Cases = [] };

    /// <summary>The cases whose compartment may be read; null means all of the tenant's.</summary>
    public IReadOnlyList<CaseNumber>? Cases { get; init; } = [];

    /// <summary>The tenant whose cases and held records may be read; null means all tenants.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The resource types that may be seen; null means all. A case's other content is not named by a type.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>All that is a tenant's.</summary>
    public static AccessScope Of(Tenant tenant) => new() { Cases = null, Tenant = tenant };

    /// <summary>The part of this scope that lies in one case.</summary>
    public AccessScope Within(CaseNumber number) =>
        Cases is null || Cases.Contains(number) ? this with { Cases = [number] } : None;

    /// <summary>Whether resources of a type may be seen.</summary>
    public bool SeesType(string type) => Types is null || Types.Contains(type);

    /// <summary>Whether a case of this tenant may be read.</summary>
    public bool Sees(CaseNumber number, Tenant tenant) =>
        (Cases is null || Cases.Contains(number)) && (Tenant is null || Tenant == tenant);
}
