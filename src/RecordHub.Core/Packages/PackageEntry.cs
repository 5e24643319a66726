using RecordHub.Core.Intake;

namespace RecordHub.Core.Packages;

/// <summary>One thing in a package version.</summary>
/// <param name="Reference"><c>Type/id</c>.</param>
/// <param name="Content">SHA-256 of its content, so that two versions can be compared.</param>
/// <param name="Section">The code of the section that it stands in.</param>
/// <param name="Title">What it is, for the list of changes.</param>
public sealed record PackageEntry(string Reference, ContentHash Content, string Section, string Title)
{
    /// <summary>The reference only: a title may name a patient.</summary>
    public override string ToString() => Reference;
}
