namespace RecordHub.Core.Packages;

/// <summary>A resource that goes into a package, and the key of the section that it stands in.</summary>
internal sealed record PackageResource(string Type, string Id, ReadOnlyMemory<byte> Json, string Section, string Title)
{
    internal string Reference => $"{Type}/{Id}";

    public override string ToString() => nameof(PackageResource);
}
