using System.Diagnostics.Metrics;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Telemetry;

/// <summary>
/// What is counted where it happens. Costs next to nothing while nobody listens. Tags are words of ours and names of
/// configured sites (<see cref="SiteLabels"/>): never anything of a record.
/// </summary>
public static class HubMetrics
{
    private static readonly Meter s_meter = new(HubInstruments.Meter);

    private static readonly Counter<long> s_items = s_meter.Counter(HubInstruments.ItemsReceived);
    private static readonly Counter<long> s_refused = s_meter.Counter(HubInstruments.ItemsRefused);
    private static readonly Counter<long> s_received = s_meter.Counter(HubInstruments.Received);
    private static readonly Counter<long> s_records = s_meter.Counter(HubInstruments.RecordsDecided);
    private static readonly Histogram<double> s_filing = s_meter.Histogram(HubInstruments.FilingLag);
    private static readonly Histogram<double> s_package = s_meter.Histogram(HubInstruments.PackageLag);
    private static readonly Counter<long> s_packages = s_meter.Counter(HubInstruments.PackagesPublished);
    private static readonly Counter<long> s_dispatched = s_meter.Counter(HubInstruments.OutboxDispatched);
    private static readonly Histogram<double> s_steps = s_meter.Histogram(HubInstruments.StepDuration);
    private static readonly Histogram<double> s_blobs = s_meter.Histogram(HubInstruments.BlobDuration);
    private static readonly Histogram<double> s_database = s_meter.Histogram(HubInstruments.DatabaseDuration);
    private static readonly UpDownCounter<long> s_open = s_meter.UpDownCounter(HubInstruments.AssociationsOpen);
    private static readonly Counter<long> s_ended = s_meter.Counter(HubInstruments.AssociationsEnded);
    private static readonly Counter<long> s_rejected = s_meter.Counter(HubInstruments.AssociationsRejected);
    private static readonly Counter<long> s_responses = s_meter.Counter(HubInstruments.DicomResponses);

    private static readonly Counter<long> s_pullRounds = s_meter.Counter(HubInstruments.PullRounds);
    private static readonly Counter<long> s_pullStudies = s_meter.Counter(HubInstruments.PullStudies);

    public static void Received(string site, Door door, IntakeOutcome outcome)
    {
        if (outcome is IntakeOutcome.Refused refused)
        {
            s_refused.Add(1, new("site", site), new("door", Words.Of(door)), new("reason", Words.Of(refused.Reason)));
        }

        s_items.Add(1, new("site", site), new("door", Words.Of(door)), new("outcome", Words.Of(outcome)));
    }

    public static void Bytes(string site, Door door, long count) =>
        s_received.Add(count, new("site", site), new("door", Words.Of(door)));

    public static void Decided(string site, string outcome, string reason) =>
        s_records.Add(1, new("site", site), new("outcome", outcome), new("reason", reason));

    public static void FirstDecided(string outcome, TimeSpan lag) =>
        s_filing.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Packaged(TimeSpan lag) => s_package.Record(lag.TotalSeconds);

    public static void Published() => s_packages.Add(1);

    public static void Dispatched(string topic, bool sent) =>
        s_dispatched.Add(1, new("topic", topic), new("outcome", sent ? "sent" : "failed"));

    public static void Step(string topic, string outcome, TimeSpan took) =>
        s_steps.Record(took.TotalSeconds, new("topic", topic), new("outcome", outcome));

    public static void Blob(string operation, bool done, TimeSpan took) =>
        s_blobs.Record(took.TotalSeconds, new("operation", operation), new("outcome", Words.Of(done)));

    public static void Transaction(bool write, bool done, TimeSpan took) => s_database.Record(
        took.TotalSeconds, new("operation", write ? "write" : "read"), new("outcome", Words.Of(done)));

    public static void AssociationOpened(string site) => s_open.Add(1, new KeyValuePair<string, object?>("site", site));

    public static void AssociationClosed(string site) => s_open.Add(-1, new KeyValuePair<string, object?>("site", site));

    public static void AssociationEnded(string site, string ending) =>
        s_ended.Add(1, new("site", site), new("ending", ending));

    public static void AssociationRejected(string reason) =>
        s_rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void PullRound(string site, string outcome) =>
        s_pullRounds.Add(1, new("site", site), new("outcome", outcome));

    public static void PulledStudy(string site, string outcome) =>
        s_pullStudies.Add(1, new("site", site), new("outcome", outcome));

    public static void Responded(string service, ushort status)
    {
        if (s_responses.Enabled)
        {
            s_responses.Add(1, new("service", service), new("status", status.ToString("X4", null)));
        }
    }
}
