using System.Globalization;
using System.Text.RegularExpressions;

namespace RecordHub.Server.Tests.Telemetry;

/// <summary>One line of what Prometheus reads.</summary>
internal sealed partial record MetricSeries(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The lines of ours, without those of comments and of the runtime.</summary>
    public static IReadOnlyList<MetricSeries> Parse(string text) =>
    [
        .. Line().Matches(text).Select(match => new MetricSeries(
            match.Groups["name"].Value,
            Label().Matches(match.Groups["labels"].Value).ToDictionary(
                label => label.Groups["key"].Value, label => label.Groups["value"].Value),
            double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture))),
    ];

    /// <summary>The sum over series of a name with these labels.</summary>
    public static double Sum(
        IReadOnlyList<MetricSeries> all, string name, params (string Key, string Value)[] labels) => all
        .Where(one => one.Name == name && labels.All(label => one.Labels.GetValueOrDefault(label.Key) == label.Value))
        .Sum(one => one.Value);

    [GeneratedRegex(@"^(?<name>recordhub_\w+)(\{(?<labels>.*)\})? (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("(?<key>\\w+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Label();
}
