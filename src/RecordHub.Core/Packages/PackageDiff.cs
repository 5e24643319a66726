namespace RecordHub.Core.Packages;

/// <summary>What changed from one version to another. Pure.</summary>
public static class PackageDiff
{
    /// <summary>The differences: added, changed, removed, each in ordinal order of reference.</summary>
    public static IReadOnlyList<PackageChange> Between(
        IReadOnlyList<PackageEntry> earlier, IReadOnlyList<PackageEntry> later)
    {
        Dictionary<string, PackageEntry> before = earlier.ToDictionary(one => one.Reference, StringComparer.Ordinal);
        Dictionary<string, PackageEntry> after = later.ToDictionary(one => one.Reference, StringComparer.Ordinal);
        IEnumerable<PackageChange> added = later.Where(one => !before.ContainsKey(one.Reference))
            .Select(one => new PackageChange(PackageChangeKind.Added, one));
        IEnumerable<PackageChange> changed = later
            .Where(one => before.TryGetValue(one.Reference, out PackageEntry? was) && was.Content != one.Content)
            .Select(one => new PackageChange(PackageChangeKind.Changed, one));
        IEnumerable<PackageChange> removed = earlier.Where(one => !after.ContainsKey(one.Reference))
            .Select(one => new PackageChange(PackageChangeKind.Removed, one));
        return [.. added.Concat(changed).Concat(removed).OrderBy(one => one.Kind)
            .ThenBy(one => one.Entry.Reference, StringComparer.Ordinal)];
    }
}
