using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RecordHub.Benchmarks.Whole;

/// <summary>Measured values, a JSON line each: <c>{"figure":…,"peer":…,"value":…}</c>.</summary>
internal static class Figures
{
    private const string Ours = "recordhub";

    /// <summary>A line of medians for each figure, with the ratio of ours to each peer's.</summary>
    public static IEnumerable<string> Summarize(IEnumerable<string> lines)
    {
        var values = lines.Where(static line => line.StartsWith('{')).Select(static line => JsonNode.Parse(line)!)
            .Select(static line => (
                Figure: (string)line["figure"]!, Peer: (string)line["peer"]!, Value: (double)line["value"]!))
            .ToList();
        foreach (var figure in values.GroupBy(static value => value.Figure))
        {
            Dictionary<string, double[]> byPeer = figure.GroupBy(static value => value.Peer)
                .ToDictionary(static peer => peer.Key, static peer => peer.Select(static value => value.Value).Order().ToArray());
            JsonObject line = new() { ["figure"] = figure.Key };
            foreach ((string peer, double[] measured) in byPeer)
            {
                line[peer] = Median(measured);
                line[peer + " runs"] = string.Join(' ', measured.Select(static value => value.ToString(CultureInfo.InvariantCulture)));
                if (peer != Ours && byPeer.TryGetValue(Ours, out double[]? ours))
                {
                    line[$"{Ours} / {peer}"] = Math.Round(Median(ours) / Median(measured), 2);
                }
            }

            yield return line.ToJsonString(s_readable);
        }
    }

    private static readonly JsonSerializerOptions s_readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static double Median(double[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : Math.Round((sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2, 2);
}
