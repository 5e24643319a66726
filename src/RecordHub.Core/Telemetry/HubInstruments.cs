using static RecordHub.Core.Telemetry.InstrumentKind;

namespace RecordHub.Core.Telemetry;

/// <summary>Every instrument that RecordHub has. The table in docs/observability.md is made of it.</summary>
public static class HubInstruments
{
    /// <summary>What all of them belong to.</summary>
    public const string Meter = "RecordHub";

    // From a write to a fast disk to an engine that is away.
    private static readonly double[] s_latency =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    // From a moment to a month: records lie in the inbox until a person decides.
    private static readonly double[] s_lag =
        [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 28_800, 86_400, 604_800, 2_592_000];

    public static InstrumentDefinition ItemsReceived { get; } = new(
        "recordhub.items.received", Counter, "{item}",
        "Items that came in: accepted, duplicate, conflict, ignored (no record) or refused", "site", "door", "outcome");

    public static InstrumentDefinition ItemsRefused { get; } = new(
        "recordhub.items.refused", Counter, "{item}", "Items of which nothing was kept, by why", "site", "door", "reason");

    public static InstrumentDefinition Received { get; } = new(
        "recordhub.received", Counter, "By", "Bytes that came in, also of what was then refused", "site", "door");

    public static InstrumentDefinition RecordsDecided { get; } = new(
        "recordhub.records.decided", Counter, "{record}",
        "Decisions on records: filed, held, rejected or ignored; one record may be decided on again",
        "site", "outcome", "reason");

    public static InstrumentDefinition FilingLag { get; } = new(
        "recordhub.filing.lag", Histogram, "s", "From an item's last byte to its first decision: filed, held, rejected or ignored",
        "outcome")
    { Buckets = s_lag };

    public static InstrumentDefinition PackageLag { get; } = new(
        "recordhub.package.lag", Histogram, "s",
        "From an item's last byte to the first package version that holds it")
    { Buckets = s_lag };

    public static InstrumentDefinition PackagesPublished { get; } = new(
        "recordhub.packages.published", Counter, "{package}", "Package versions that were sealed");

    public static InstrumentDefinition OutboxEntries { get; } = new(
        "recordhub.outbox.entries", Gauge, "{entry}", "Entries that wait to be worked on or are being worked on");

    public static InstrumentDefinition OutboxFailing { get; } = new(
        "recordhub.outbox.failing", Gauge, "{entry}", "Entries whose last attempt failed, those given up included");

    public static InstrumentDefinition OutboxOldest { get; } = new(
        "recordhub.outbox.oldest", Gauge, "s", "For how long the oldest waiting entry has been due or failing");

    public static InstrumentDefinition OutboxDispatched { get; } = new(
        "recordhub.outbox.dispatched", Counter, "{entry}", "Entries handed to the bus: sent or failed", "topic", "outcome");

    public static InstrumentDefinition BrokerMessages { get; } = new(
        "recordhub.broker.messages", Gauge, "{message}", "Messages that lie ready in a queue of the broker", "queue");

    public static InstrumentDefinition StepDuration { get; } = new(
        "recordhub.step.duration", Histogram, "s",
        "Steps of the pipeline: done, conflict (tried again at once), transient (an engine is away) or poison",
        "topic", "outcome")
    { Buckets = s_latency };

    public static InstrumentDefinition BlobDuration { get; } = new(
        "recordhub.blob.duration", Histogram, "s", "Operations of the blob store: open, commit or delete",
        "operation", "outcome")
    { Buckets = s_latency };

    public static InstrumentDefinition DatabaseDuration { get; } = new(
        "recordhub.database.duration", Histogram, "s", "Transactions of the database: read or write",
        "operation", "outcome")
    { Buckets = s_latency };

    public static InstrumentDefinition SpoolWaiting { get; } = new(
        "recordhub.spool.waiting", Gauge, "By", "Blobs that wait in this process's spool for the object store");

    public static InstrumentDefinition SpoolLimit { get; } = new(
        "recordhub.spool.limit", Gauge, "By", "What may wait in the spool (Blobs:MaxSpoolBytes)");

    public static InstrumentDefinition DiskFree { get; } = new(
        "recordhub.disk.free", Gauge, "By", "Free space on the volume of the blobs or the spool");

    public static InstrumentDefinition DiskWatermark { get; } = new(
        "recordhub.disk.watermark", Gauge, "By", "Free space below which nothing more is taken (Blobs:MinFreeBytes)");

    public static InstrumentDefinition AssociationsOpen { get; } = new(
        "recordhub.dicom.associations.open", Gauge, "{association}", "Associations now", "site");

    public static InstrumentDefinition AssociationsEnded { get; } = new(
        "recordhub.dicom.associations", Counter, "{association}", "Associations that were accepted and have ended",
        "site", "ending");

    public static InstrumentDefinition AssociationsRejected { get; } = new(
        "recordhub.dicom.rejections", Counter, "{association}",
        "Associations that were rejected, by result/source/reason (PS3.8 §9.3.4)", "reason");

    public static InstrumentDefinition ConnectionsWaiting { get; } = new(
        "recordhub.dicom.connections.waiting", Gauge, "{connection}", "Connections without an association now");

    public static InstrumentDefinition DicomResponses { get; } = new(
        "recordhub.dicom.responses", Counter, "{response}", "Answers of the DICOM door, by service and status",
        "service", "status");

    public static InstrumentDefinition CommitmentsAbandoned { get; } = new(
        "recordhub.commitments.abandoned", Gauge, "{request}",
        "Requests for storage commitment whose senders could not be told");

    public static InstrumentDefinition PullRounds { get; } = new(
        "recordhub.pull.rounds", Counter, "{round}",
        "Times that a site was asked for what open cases lack: done, incomplete (a study did not come whole), failed or stopped",
        "site", "outcome");

    public static InstrumentDefinition PullStudies { get; } = new(
        "recordhub.pull.studies", Counter, "{study}",
        "Studies that a site had for open cases: fetched, incomplete, or known (nothing new since it was fetched)",
        "site", "outcome");

    /// <summary>All of them, in the order of the way of a record.</summary>
    public static IReadOnlyList<InstrumentDefinition> All { get; } =
    [
        ItemsReceived, ItemsRefused, Received, RecordsDecided, FilingLag, PackageLag, PackagesPublished,
        OutboxEntries, OutboxFailing, OutboxOldest, OutboxDispatched, BrokerMessages, StepDuration,
        BlobDuration, DatabaseDuration, SpoolWaiting, SpoolLimit, DiskFree, DiskWatermark,
        AssociationsOpen, AssociationsEnded, AssociationsRejected, ConnectionsWaiting, DicomResponses, CommitmentsAbandoned,
        PullRounds, PullStudies,
    ];
}
