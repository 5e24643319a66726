namespace RecordHub.Server.Pipeline;

/// <summary>How received items travel to the steps that work on them.</summary>
public sealed record PipelineOptions
{
    // Of so many nobody gathers more, where others wait for them.
    private const int EnoughTogether = 32;

    /// <summary>The RabbitMQ broker; null is the transport in memory.</summary>
    public Uri? BrokerUri { get; init; }

    /// <summary>What precedes the names of queues, so that several installations can share a broker.</summary>
    public string QueuePrefix { get; init; } = "recordhub";

    /// <summary>The broker's queue of items to be filed.</summary>
    public string FileItemQueue => $"{QueuePrefix}-file-item";

    /// <summary>The broker's queue of studies to be rebuilt.</summary>
    public string RebuildStudyQueue => $"{QueuePrefix}-rebuild-study";

    /// <summary>
    /// Items on their way at a time, over all processes. In memory they are all in this one: so many that its steps have
    /// enough to do while the next are gathered.
    /// </summary>
    public int Window { get => field > 0 ? field : BrokerUri is null ? MostSteps * MostTogether : 512; init; }

    /// <summary>Steps that run at a time in this process; null is <see cref="MostSteps"/> by the engines.</summary>
    public int? Concurrency { get; init; }

    /// <summary>
    /// Steps that run at a time, so many that they keep the processors busy: with everything in this process they wait for
    /// its writer half of the time, beside engines of their own they wait for answers most of it.
    /// </summary>
    public int MostSteps => Concurrency ?? ((BrokerUri is null ? 2 : 8) * Math.Max(2, Environment.ProcessorCount));

    /// <summary>
    /// Items that are filed together at most: as many are filed one by one when one of them fails. Those that a broker
    /// carries are for several workers.
    /// </summary>
    public int MostTogether => BrokerUri is null ? 256 : 32;

    /// <summary>Items that are not handed out in smaller parts, though steps be free.</summary>
    public int FewestTogether { get; init; } = 16;

    /// <summary>How many of so many items are handed out together: as few as keep all steps of a process busy.</summary>
    public int Together(int items) => Math.Clamp((items + MostSteps - 1) / MostSteps, FewestTogether, MostTogether);

    /// <summary>
    /// The pause between two looks at the outbox while there is something: what comes in it is taken together, which costs
    /// half as much of processor and disk.
    /// </summary>
    public TimeSpan GatherInterval { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The same while so much comes that it is filed in larger parts by it, and nobody waits in this process.</summary>
    public TimeSpan GatherIntervalInBursts { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The same while somebody waits for an outcome in this process.</summary>
    public TimeSpan GatherIntervalWhileWaitedFor { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// The pause after so many items were taken, while the outcome of so many is waited for in this process: who waits for
    /// many at once has them sooner when they are taken together. None where there may be more already.
    /// </summary>
    public TimeSpan PauseAfter(int taken, int waitedFor) => (taken, waitedFor) switch
    {
        _ when taken >= Window => TimeSpan.Zero,
        (_, 0) when BrokerUri is null && taken >= FewestTogether => GatherIntervalInBursts,
        _ when taken >= EnoughTogether => TimeSpan.Zero,
        (_, > 0) when waitedFor < FewestTogether => GatherIntervalWhileWaitedFor,
        _ => GatherInterval,
    };

    /// <summary>
    /// How long after a process died what it worked on is handed out again; a living one renews its leases three times
    /// as often.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an entry may be on its way before it is handed out again: a broker may have lost it.</summary>
    public TimeSpan LongestWay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the outbox is looked at when nothing in this process says that there is something.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause after the first failure; it doubles with each.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest pause while an engine is away: how soon its return is noticed.</summary>
    public TimeSpan LongestWaitForEngine { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Attempts that fail by themselves after which an item is held, with reason <c>processing-failed</c>.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Workers that may die over an item before it is held in the same way.</summary>
    public int MaxLost { get; init; } = 20;

    /// <summary>Entries that may wait before the doors ask senders to come later.</summary>
    public int MaxWaiting { get; init; } = 1_000_000;

    /// <summary>How often what waits is counted.</summary>
    public TimeSpan BacklogInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long steps may still run when the process is told to stop.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);
}
