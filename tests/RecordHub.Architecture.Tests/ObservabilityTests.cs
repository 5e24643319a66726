using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RecordHub.Core.Telemetry;

namespace RecordHub.Architecture.Tests;

/// <summary>Dashboard, alerts and documentation speak of the instruments that the code has.</summary>
public sealed partial class ObservabilityTests
{
    private const string Dashboard = "deploy/observability/grafana/dashboards/recordhub.json";
    private const string Document = "docs/observability.md";

    // The framework's; that /metrics has it is a test of the server.
    private const string Requests = "http_server_request_duration_seconds_count";

    private static readonly HashSet<string> s_names =
    [
        Requests, .. HubInstruments.All.SelectMany(instrument => instrument.Kind == InstrumentKind.Histogram
            ? new[] { "_bucket", "_sum", "_count" }.Select(suffix => instrument.PrometheusName + suffix)
            : [instrument.PrometheusName]),
    ];

    [Test]
    public void Every_expression_of_the_dashboard_asks_for_measurements_that_there_are()
    {
        string[] expressions = [.. Strings(JsonDocument.Parse(Repository.Text(Dashboard)).RootElement, "expr")];

        Assert.That(expressions, Has.Length.GreaterThan(25));
        foreach (string expression in expressions)
        {
            string[] names = [.. Name().Matches(expression).Select(match => match.Value)];
            Assert.That(names, Is.Not.Empty, expression);
            Assert.That(names, Is.SubsetOf(s_names), expression);
        }
    }

    [Test]
    public void Every_label_of_the_dashboard_is_one_of_its_instrument()
    {
        HashSet<string> labels =
        [
            "le", "http_route", "http_response_status_code", .. HubInstruments.All.SelectMany(instrument => instrument.Tags),
        ];

        Assert.That(
            Strings(JsonDocument.Parse(Repository.Text(Dashboard)).RootElement, "expr")
                .SelectMany(expression => Grouping().Matches(expression)).SelectMany(match => match.Groups[1].Value.Split(", ")),
            Is.Not.Empty.And.All.Matches<string>(labels.Contains));
    }

    [Test]
    public void The_dashboard_has_its_rows_and_every_instrument_is_in_it()
    {
        JsonElement panels = JsonDocument.Parse(Repository.Text(Dashboard)).RootElement.GetProperty("panels");
        string text = Repository.Text(Dashboard);

        Assert.That(
            panels.EnumerateArray().Where(panel => panel.GetProperty("type").GetString() == "row")
                .Select(panel => panel.GetProperty("title").GetString()),
            Is.EqualTo(new[] { "In", "Filed, held, rejected", "Lag", "Queues", "Stores", "DICOM", "Errors" }));
        Assert.That(
            HubInstruments.All.Where(instrument => !text.Contains(instrument.PrometheusName, StringComparison.Ordinal))
                .Select(instrument => instrument.Name),
            Is.Empty);
    }

    [TestCase("deploy/observability/alerts.yml")]
    [TestCase(Document)]
    public void Alerts_and_document_name_measurements_that_there_are(string file)
    {
        string[] names = [.. Name().Matches(Repository.Text(file)).Select(match => match.Value)];
        string[] known = [.. s_names, .. HubInstruments.All.Select(instrument => instrument.PrometheusName), Requests[..^6]];

        Assert.That(names, Is.Not.Empty.And.SubsetOf(known));
    }

    [Test]
    public void The_table_of_the_document_is_that_of_the_code()
    {
        string path = Path.Combine(Repository.Root, Document);
        string written = Repository.Text(Document);
        string expected = Table().Replace(written, _ => $"<!-- table instruments -->\n{Instruments()}<!-- end -->");
        if (Environment.GetEnvironmentVariable("RECORDHUB_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.That(Table().Count(written), Is.EqualTo(1));
        Assert.That(Repository.Text(Document), Is.EqualTo(expected), "Write it anew with RECORDHUB_WRITE_DOCS=1.");
    }

    private static string Instruments()
    {
        StringBuilder table = new("| Instrument | Kind | Unit | Divided by | What |\n|---|---|---|---|---|\n");
        foreach (InstrumentDefinition one in HubInstruments.All)
        {
            string tags = one.Tags.Count == 0 ? string.Empty : $"`{string.Join("`, `", one.Tags)}`";
            table.Append($"| `{one.Name}` | {one.Kind} | {one.Unit} | {tags} | {one.Description} |\n");
        }

        return table.ToString();
    }

    private static IEnumerable<string> Strings(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == name && property.Value.GetString() is { } text ? [text] : Strings(property.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(child => Strings(child, name)),
        _ => [],
    };

    [GeneratedRegex(@"\b(?:recordhub|http_server)_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bby \(([^)]+)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("<!-- table instruments -->\n.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}
