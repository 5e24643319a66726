namespace RecordHub.Core.Resources;

/// <summary>A page of matches, in the order that was asked for.</summary>
/// <param name="Matches">The matches.</param>
/// <param name="Total">All matches, over all pages; null when not asked for.</param>
/// <param name="Next">Where the next page begins, in the store's own words; null on the last page.</param>
public sealed record ResourcePage(IReadOnlyList<ResourceVersion> Matches, long? Total, string? Next)
{
    /// <summary>What is given along with these matches and is none of them.</summary>
    public IReadOnlyList<ResourceVersion> Included { get; init; } = [];

    /// <summary>Whether there was more to be given along than a page takes.</summary>
    public bool IsIncludeCut { get; init; }
}
