namespace RecordHub.Core.Packages;

/// <summary>What happened to one thing between two versions.</summary>
public enum PackageChangeKind
{
    Added,
    Changed,
    Removed,
}
