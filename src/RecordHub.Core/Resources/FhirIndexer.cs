namespace RecordHub.Core.Resources;

/// <summary>Finds the values of a resource's search parameters. Pure.</summary>
public static class FhirIndexer
{
    /// <summary>The index entries of a resource, without repetitions, in the order of its parameters.</summary>
    public static IReadOnlyList<IndexEntry> Index(string type, ReadOnlySpan<byte> json) => [];
}
