namespace RecordHub.Core.Packages;

/// <summary>Who opened a package version, or the case while it was current.</summary>
/// <param name="Version">The version.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Role">The token's role.</param>
/// <param name="Kind">What was opened.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last, to the minute.</param>
/// <param name="WithdrawnAt">Since when it is known that the version held what is no longer in the case; null when it did not.</param>
public sealed record PackageReader(
    int Version, string Name, string Role, ReadingKind Kind, DateTimeOffset First, DateTimeOffset Last,
    DateTimeOffset? WithdrawnAt);
