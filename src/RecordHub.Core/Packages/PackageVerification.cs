namespace RecordHub.Core.Packages;

/// <summary>What a look at an exported package showed.</summary>
/// <param name="Ok">Whether every file is there and unchanged.</param>
/// <param name="Files">How many files were compared.</param>
/// <param name="Digest">The digest of the Bundle in it; empty when there is none.</param>
/// <param name="Problems">What is wrong, a line for each file.</param>
public sealed record PackageVerification(bool Ok, int Files, string Digest, IReadOnlyList<string> Problems);
