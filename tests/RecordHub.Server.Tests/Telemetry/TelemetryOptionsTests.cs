using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using RecordHub.Core.Outbox;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Telemetry;

internal sealed class TelemetryOptionsTests
{
    [Test]
    public void Nothing_is_sent_and_text_is_logged_unless_it_is_configured()
    {
        RecordHubOptions options = Read();

        Assert.That((options.Telemetry.Endpoint, options.Log.Json, options.Log.Level), Is.EqualTo(((Uri?)null, false, LogLevel.Information)));
    }

    [Test]
    public void What_is_configured_is_taken()
    {
        RecordHubOptions options = Read(
            ("Telemetry:Otlp:Endpoint", "http://collector:4318"), ("Telemetry:Otlp:Protocol", "http/protobuf"),
            ("Telemetry:Otlp:Headers", "authorization=Basic abc,x-scope=1"), ("Telemetry:TracePercent", "5"),
            ("Logging:Format", "json"), ("Logging:Level", "debug"));

        Assert.That(options.Telemetry.Endpoint, Is.EqualTo(new Uri("http://collector:4318")));
        Assert.That((options.Telemetry.OverHttp, options.Telemetry.TracePercent), Is.EqualTo((true, 5)));
        Assert.That(options.Telemetry.Headers, Is.EqualTo("authorization=Basic abc,x-scope=1"));
        Assert.That((options.Log.Json, options.Log.Level), Is.EqualTo((true, LogLevel.Debug)));
    }

    [TestCase("Telemetry:Otlp:Endpoint", "collector:4317")]
    [TestCase("Telemetry:Otlp:Protocol", "udp")]
    [TestCase("Telemetry:Otlp:IntervalSeconds", "0")]
    [TestCase("Telemetry:TracePercent", "101")]
    [TestCase("Logging:Format", "xml")]
    [TestCase("Logging:Level", "trace")]
    public void A_wrong_value_stops_with_the_key_and_what_is_allowed(string key, string value) => Assert.That(
        Assert.Throws<StartRefusedException>(() => Read((key, value)))!.Message,
        Does.StartWith($"The setting {key} is '{value}'; allowed is "));

    [Test]
    public void A_password_in_the_headers_is_not_shown() => Assert.That(
        Assert.Throws<StartRefusedException>(() => Read(("Telemetry:Otlp:Headers", "secret")))!.Message,
        Does.Not.Contain("secret"));

    [TestCase("Logging:Formt")]
    [TestCase("Telemetry:Otlp:Endpoitn")]
    public void An_unknown_key_stops(string key) => Assert.That(
        Assert.Throws<StartRefusedException>(() => Read((key, "x")))!.Message, Does.Contain($"Unknown setting {key}"));

    [Test]
    [NonParallelizable]
    public void The_standard_variables_are_read_where_no_key_of_ours_says_anything()
    {
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://standard:4317");
        try
        {
            Assert.That(Load().Telemetry.Endpoint, Is.EqualTo(new Uri("http://standard:4317")));
            Assert.That(
                Load(("Telemetry:Otlp:Endpoint", "http://ours:4317")).Telemetry.Endpoint, Is.EqualTo(new Uri("http://ours:4317")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
        }
    }

    [Test]
    public void Logs_call_a_study_by_its_case_alone()
    {
        OutboxEntry entry = new(OutboxTopic.Study, "7 1.2.3.4", 1, 0);

        Assert.That(PipelineWords.NameOf(entry), Is.EqualTo("of case 7"));
        Assert.That(entry.ToString(), Does.Not.Contain("1.2.3.4"));
    }

    private static RecordHubOptions Read(params (string Key, string Value)[] settings) => OptionsReader.Read(
        Path.GetTempPath(), new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build());

    private static RecordHubOptions Load(params (string Key, string Value)[] commandLine)
    {
        using MemoryStream none = new("{}"u8.ToArray());
        return RecordHubOptions.Load(
            Path.GetTempPath(), commandLine.ToDictionary(one => one.Key, one => (string?)one.Value), none);
    }
}
