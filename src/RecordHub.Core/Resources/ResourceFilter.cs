namespace RecordHub.Core.Resources;

/// <summary>One search parameter of a request: the values are alternatives, filters add up (R4 search.html §combining).</summary>
/// <param name="Parameter">The search parameter's code; <c>_id</c> and <c>_lastUpdated</c> are understood too.</param>
/// <param name="Values">The alternatives; at least one, or none of a chain and of a composite.</param>
public sealed record ResourceFilter(string Parameter, IReadOnlyList<FilterValue> Values)
{
    /// <summary>Whether what is sought has none of the values (<c>:not</c>).</summary>
    public bool IsNegated { get; init; }

    /// <summary>
    /// Of a reference: what is to hold for the resource that it leads to (R4 search.html §chaining). There are no values then.
    /// </summary>
    public ResourceFilter? Chained { get; init; }

    /// <summary>The types that a chain may lead to.</summary>
    public IReadOnlyList<string> ChainedTypes { get; init; } = [];

    /// <summary>
    /// Of <c>_has</c>: the type that refers to what is sought, by the parameter; <see cref="Chained"/> is to hold for it. Null otherwise.
    /// </summary>
    public string? ReferringType { get; init; }

    /// <summary>Of a composite: what is to hold together, in alternatives. There are no values then.</summary>
    public IReadOnlyList<IReadOnlyList<ResourceFilter>> AnyOf { get; init; } = [];

    /// <summary>The type only: a value may be a patient's.</summary>
    public override string ToString() => nameof(ResourceFilter);
}
