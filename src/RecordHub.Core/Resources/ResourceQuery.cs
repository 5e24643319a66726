using RecordHub.Core.Access;

namespace RecordHub.Core.Resources;

/// <summary>A search for current versions of resources of some types.</summary>
public sealed record ResourceQuery
{
    /// <summary>The types; empty means all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>What the caller may see.</summary>
    public required AccessScope Scope { get; init; }

    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<ResourceFilter> Filters { get; init; } = [];

    /// <summary>
    /// Resources about this Patient, the Patient itself, and what is about nobody in the patient's cases (an Endpoint, an
    /// Organization); null means everybody.
    /// </summary>
    public string? PatientId { get; init; }

    /// <summary>How many at most; 0 counts only.</summary>
    public required int Count { get; init; }

    /// <summary>The order of the matches; empty is the order in which they last changed.</summary>
    public IReadOnlyList<ResourceSort> Sort { get; init; } = [];

    /// <summary>What is given along with the matches of a page, as far as the scope has it.</summary>
    public IReadOnlyList<ResourceInclude> Includes { get; init; } = [];

    /// <summary>Continue after this position, as <see cref="ResourcePage.Next"/> gave it to the same search; null begins.</summary>
    public string? After { get; init; }

    /// <summary>Whether the number of all matches is wanted.</summary>
    public bool WithTotal { get; init; } = true;

    /// <summary>The type only: a filter may name a patient.</summary>
    public override string ToString() => nameof(ResourceQuery);
}
