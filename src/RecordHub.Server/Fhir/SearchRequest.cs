using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>A search as it was understood (R4 search.html).</summary>
internal sealed record SearchRequest
{
    /// <summary>The types; empty for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    public IReadOnlyList<ResourceFilter> Filters { get; init; } = [];

    /// <summary>Matches on a page; 0 counts only.</summary>
    public required int Count { get; init; }

    public bool WithTotal { get; init; } = true;

    /// <summary>Whether only the number of matches is asked for.</summary>
    public bool OnlyCount { get; init; }

    /// <summary>Where the page begins; null is the first one.</summary>
    public string? After { get; init; }

    /// <summary>The order of the matches; empty is that of their last change.</summary>
    public IReadOnlyList<ResourceSort> Sort { get; init; } = [];

    /// <summary>What is given along with the matches.</summary>
    public IReadOnlyList<ResourceInclude> Includes { get; init; } = [];

    /// <summary>The parts of the resources that are given; null is all of them.</summary>
    public ResourceSubset? Subset { get; init; }

    /// <summary>Whether what is given along is shortened too; <c>_elements</c> speaks of the matches only.</summary>
    public bool IsSummary { get; init; }

    /// <summary>The parameters that were used, as the client wrote them: what the self link lists.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Used { get; init; } = [];

    /// <summary>The parameters that were not used, each with the reason; only under <c>Prefer: handling=lenient</c>.</summary>
    public IReadOnlyList<Issue> Ignored { get; init; } = [];

    /// <summary>The type only: a filter may name a patient.</summary>
    public override string ToString() => nameof(SearchRequest);
}
