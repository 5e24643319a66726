namespace RecordHub.Core.Identity.Matching;

/// <summary>match-weights.json as it is written.</summary>
internal sealed record MatchWeightsFile
{
    public required Limits Thresholds { get; init; }

    public required Dictionary<MatchField, Dictionary<MatchLevel, Weight>> Fields { get; init; }

    /// <summary>Shares of a population, and the names that reach them.</summary>
    public required Dictionary<string, string> CommonFamilyNames { get; init; }

    public required Dictionary<string, string> CommonGivenNames { get; init; }

    /// <summary>The share that stands for a name in ideographs that is not listed.</summary>
    public required Dictionary<MatchField, double> Ideographic { get; init; }

    /// <summary>A name and its short forms in each line.</summary>
    public required string[] ShortForms { get; init; }

    public required string Particles { get; init; }

    public required Dictionary<string, string> Generations { get; init; }

    public required string Placeholders { get; init; }

    internal sealed record Limits(double Certain, double Probable, double Possible, double Named, double Margin, double Prior);

    internal sealed record Weight(double M, double U, double Bits);
}
