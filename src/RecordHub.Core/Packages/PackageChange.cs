namespace RecordHub.Core.Packages;

/// <summary>One difference between two package versions.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Entry">The thing, as the later version has it; as the earlier had it when it was removed.</param>
public sealed record PackageChange(PackageChangeKind Kind, PackageEntry Entry);
