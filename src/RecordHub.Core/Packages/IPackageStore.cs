using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>Remembers sealed package versions.</summary>
public interface IPackageStore
{
    /// <summary>
    /// Commits a version with its resources (List, Composition, DocumentReference). Unique on (case, version): false
    /// when somebody else sealed this version first. The Bundle's blob is durable before this is called.
    /// </summary>
    Task<bool> SaveAsync(
        PackageVersion version, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken);

    /// <summary>The latest version, or the named one; null when there is none within the scope.</summary>
    Task<PackageVersion?> FindAsync(CaseNumber number, int? version, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// What was filed in a case after a moment, latest first, and no more than a number. An item that is filed in several
    /// cases counts in the first of them.
    /// </summary>
    Task<IReadOnlyList<PackageArrival>> ListArrivalsAsync(
        CaseNumber number, DateTimeOffset after, int count, CancellationToken cancellationToken);

    /// <summary>All versions within the scope, oldest first, with their entries.</summary>
    Task<IReadOnlyList<PackageVersion>> ListAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken);
}
