using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Interop.Tests.Pipeline;

namespace RecordHub.Interop.Tests.Privacy;

/// <summary>
/// Everything goes through the real doors of the real process, over a real broker, with the most detailed log; then what is
/// not a record is searched for what the records say: the log, the measurements, the spans, the messages.
/// </summary>
[CancelAfter(240_000)]
public sealed class PrivacyTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("privacy-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Nothing_that_records_say_is_in_log_measurements_spans_or_messages(CancellationToken token)
    {
        RabbitPeer.Require();
        await using RabbitPeer rabbit = new();
        await rabbit.UpAsync(token);
        await using OtlpReceiver receiver = new();
        string data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Broker = new { Uri = rabbit.Uri },
            Logging = new { Level = "debug", Format = "json" },
            Telemetry = new { Otlp = new { Endpoint = receiver.Address, Protocol = "http/protobuf", IntervalSeconds = 1 } },
            Sites = new[]
            {
                new { Name = "North", AeTitle = "NORTH", DefaultIssuer = "urn:north", Verbs = "echo,store,commit,find,move,get" },
            },
        }), token);
        (string log, string metrics, IReadOnlyList<string> published) = await SpendDayAsync(data, rabbit.Uri, token);

        // The process has ended: the last spans were sent, and the last lines written.
        string spans = receiver.Text("/v1/traces");
        string messages = string.Join('\n', published);
        Assert.That(log, Does.Contain("done in").And.Contain("refused with status"), "the log says much");
        Assert.That(
            (string[])["association", "C-STORE", "commit filing", "publish package", "rebuild study", "POST /dicomweb/studies"],
            Is.All.Matches<string>(spans.Contains), "the spans are there");
        Assert.That(receiver.Text("/v1/metrics"), Does.Contain("recordhub.items.received"));
        Assert.That(messages, Does.Contain("FileItems").And.Contain("RebuildStudy"));
        foreach ((string place, string text) in ((string, string)[])[("measurements", metrics), ("spans", spans),
            ("sent measurements", receiver.Text("/v1/metrics")), ("messages", messages)])
        {
            Assert.That(Secrets.In(text), Is.Empty, place);
        }

        Assert.That(log.Split('\n').Where(line => Secrets.In(line).Any()), Is.Empty, "the log");
        Assert.That(published.Where(message => !message.Contains("traceparent", StringComparison.Ordinal)
            && !message.Contains("\"trace\": \"00-", StringComparison.Ordinal)), Is.Empty, "every message has its trace");
    }

    private async Task<(string Log, string Metrics, IReadOnlyList<string> Messages)> SpendDayAsync(
        string data, Uri broker, CancellationToken token)
    {
        RecordHubProcess hub = await RecordHubProcess.StartAsync(data, token);
        string metrics;
        IReadOnlyList<string> messages;
        await using (hub)
        {
            await ProcessWaits.UntilReadyAsync(hub, token);
            await using BrokerTap tap = await BrokerTap.OpenAsync(broker, token);
            await new PrivateDay(hub, new PrivateRecords(Path.Combine(_folder, "records"))).RunAsync(token);
            metrics = await hub.Client.GetStringAsync("metrics", token);
            messages = tap.Messages;
        }

        Assert.That(metrics, Does.Contain("recordhub_broker_messages{"));
        return (hub.Log, metrics, messages);
    }
}
