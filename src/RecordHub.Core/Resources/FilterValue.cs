namespace RecordHub.Core.Resources;

/// <summary>One alternative of a filter; a closed family.</summary>
public abstract record FilterValue
{
    private FilterValue()
    {
    }

    /// <summary>A token. <paramref name="System"/> null: any system; empty: without one. <paramref name="Code"/> null: any code.</summary>
    public sealed record Token(string? System, string? Code) : FilterValue;

    /// <summary>A reference. <paramref name="Type"/> null: any type.</summary>
    public sealed record Reference(string? Type, string Id) : FilterValue;

    /// <summary>A date range (Unix milliseconds, both ends included) and its prefix (R4 search.html §prefix).</summary>
    public sealed record Date(DatePrefix Prefix, long Low, long High) : FilterValue;

    /// <summary>Folded text. How it matches: at the start, exactly, or anywhere.</summary>
    public sealed record Text(string Folded, TextMatch Match) : FilterValue
    {
        /// <summary>Of an exact match: the text with its case and accents, which the index does not keep.</summary>
        public string? AsWritten { get; init; }
    }

    /// <summary>A URI, exact.</summary>
    public sealed record Uri(string Value) : FilterValue;

    /// <summary>A range of numbers (<see cref="FhirNumbers"/>, both ends included), its prefix, and which unit they are of.</summary>
    /// <param name="Prefix">The comparison; an approximation is of anything that meets the range.</param>
    /// <param name="Low">The least.</param>
    /// <param name="High">The greatest.</param>
    /// <param name="System">The system of the unit; null is any.</param>
    /// <param name="Unit">The unit's code, or the unit as it is written; null is any.</param>
    public sealed record Quantity(DatePrefix Prefix, long Low, long High, string? System = null, string? Unit = null) : FilterValue;

    /// <summary>A component of this code with a quantity.</summary>
    public sealed record CodedQuantity(Token Of, Quantity Value) : FilterValue;

    /// <summary>Whether the parameter has no value at all (<c>:missing</c>).</summary>
    public sealed record Missing(bool IsMissing) : FilterValue;
}
