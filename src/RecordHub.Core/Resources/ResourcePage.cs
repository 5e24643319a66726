namespace RecordHub.Core.Resources;

/// <summary>A page of matches, in the order in which they last changed.</summary>
/// <param name="Matches">The matches.</param>
/// <param name="Total">All matches, over all pages; null when not asked for.</param>
/// <param name="Next">Where the next page begins; null on the last page.</param>
public sealed record ResourcePage(IReadOnlyList<ResourceVersion> Matches, long? Total, long? Next);
