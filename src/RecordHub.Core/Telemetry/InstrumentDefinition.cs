namespace RecordHub.Core.Telemetry;

/// <summary>One instrument as those who read measurements see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How it counts.</param>
/// <param name="Unit">Its unit by UCUM; a word in braces counts things.</param>
/// <param name="Description">What it says.</param>
/// <param name="Tags">What it is divided by. None of them ever holds anything that came with a record.</param>
public sealed record InstrumentDefinition(
    string Name, InstrumentKind Kind, string Unit, string Description, params IReadOnlyList<string> Tags)
{
    /// <summary>What Prometheus calls it; of a histogram, what precedes <c>_bucket</c>, <c>_sum</c> and <c>_count</c>.</summary>
    public string PrometheusName => Name.Replace('.', '_')
        + Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => string.Empty,
        }
        + (Kind == InstrumentKind.Counter ? "_total" : string.Empty);

    /// <summary>The bounds of a histogram's buckets, in its unit.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];
}
