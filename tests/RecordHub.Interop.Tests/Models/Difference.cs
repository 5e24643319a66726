namespace RecordHub.Interop.Tests.Models;

/// <summary>An element that is not the same in our model and DCMTK's; either is null where only the other has it.</summary>
internal sealed record Difference(string File, string Path, ModelElement? Ours, ModelElement? Theirs)
{
    /// <summary>The last tag of the path.</summary>
    public uint Tag => Convert.ToUInt32(Path[(Path.LastIndexOf('/') + 1)..][..8], 16);

    public bool IsPrivate => (Tag >> 16 & 1) != 0;

    public override string ToString() => $"{File}: {Path}: ours {Ours?.ToString() ?? "none"}; theirs {Theirs?.ToString() ?? "none"}";

    public static IEnumerable<Difference> Between(
        string file, SortedDictionary<string, ModelElement> ours, SortedDictionary<string, ModelElement> theirs)
    {
        foreach (string path in ours.Keys.Union(theirs.Keys))
        {
            ModelElement? one = ours.GetValueOrDefault(path);
            ModelElement? other = theirs.GetValueOrDefault(path);
            if (one is null || other is null || !one.IsSame(other))
            {
                yield return new Difference(file, path, one, other);
            }
        }
    }
}
