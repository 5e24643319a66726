namespace RecordHub.Core.Normalization;

/// <summary>One thing that was sent: an entry of a Bundle, a line, or a resource alone.</summary>
/// <param name="Where">Where it stands, such as <c>Bundle.entry[3]</c> or <c>line 7</c>.</param>
/// <param name="Type">The type of its resource; null when it has none that can be read.</param>
/// <param name="IsSeveral">Whether it is a Bundle within, which becomes several resources and none of its own.</param>
/// <param name="Problem">Why nothing was read of it; null when it was.</param>
/// <param name="Shares">What it becomes, by record; several when it is about nobody and goes along with several patients.</param>
public sealed record SentEntry(
    string Where, string? Type, bool IsSeveral, SentProblem? Problem, IReadOnlyList<SentShare> Shares)
{
    /// <summary>The name of the condition on which it was to be taken, which was not looked at; null when there was none.</summary>
    public string? Condition { get; init; }

    /// <summary>What it asks to be shown, of a batch; null when it sends something.</summary>
    public SentRead? Read { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(SentEntry);
}

/// <summary>What an entry becomes within one record.</summary>
/// <param name="Part">The record's part.</param>
/// <param name="Type">The resource type.</param>
/// <param name="Key">The draft's key, of which its id is made; null when it is the case's own Patient.</param>
public readonly record struct SentShare(int Part, string Type, string? Key);

/// <summary>Why an entry was not read. The words hold no value of the content.</summary>
/// <param name="Code"><c>malformed</c>, <c>not-r4</c> or <see cref="FhirInput.FhirMethod.Refused"/>.</param>
/// <param name="Explanation">A sentence.</param>
/// <param name="Where">The place, as exact as it is known.</param>
public sealed record SentProblem(string Code, string Explanation, string? Where);
