namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>One thing as its sender counts them: an entry of their Bundle, a line of their NDJSON, or all of it.</summary>
internal sealed class FhirSent(string where)
{
    /// <summary>Where it stands, such as <c>Bundle.entry[3]</c> or <c>line 7</c>.</summary>
    public string Where { get; } = where;

    /// <summary>The type of its resource; null when it has none that can be read.</summary>
    public string? Type { get; set; }

    /// <summary>Why nothing was read of it; null when it was.</summary>
    public FhirInputException? Problem { get; set; }

    /// <summary>On which condition its sender wants it to be taken, which is not looked at; null on none.</summary>
    public string? Condition { get; set; }

    /// <summary>What of the service it asks to be shown; null when it sends something.</summary>
    public SentRead? Read { get; set; }

    /// <summary>The resources that it is, by their index: several for a Bundle within, none for what holds none.</summary>
    public List<int> Indexes { get; } = [];

    public override string ToString() => nameof(FhirSent);
}
