namespace RecordHub.Core.Resources;

/// <summary>The kinds of search parameter that the index keeps.</summary>
public enum IndexKind
{
    /// <summary>Code, identifier, boolean.</summary>
    Token,

    /// <summary>A reference to a resource.</summary>
    Reference,

    /// <summary>A date, dateTime, instant or Period, as the range that it covers.</summary>
    Date,

    /// <summary>Text, folded to lower case without diacritics.</summary>
    String,

    /// <summary>A URI, exact.</summary>
    Uri,

    /// <summary>A number, as the range that it covers (<see cref="FhirNumbers"/>).</summary>
    Number,

    /// <summary>A number with its unit.</summary>
    Quantity,

    /// <summary>What is put together of two others; the index has rows of the kind quantity for it, or none of its own.</summary>
    Composite,
}
