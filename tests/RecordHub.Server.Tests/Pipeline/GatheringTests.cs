using NUnit.Framework;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

public sealed class GatheringTests
{
    private static readonly PipelineOptions s_memory = new() { Concurrency = 4 };
    private static readonly PipelineOptions s_broker = new() { Concurrency = 4, BrokerUri = new Uri("amqp://127.0.0.1") };

    // Milliseconds after so many were taken while so many are waited for; in memory, and with a broker.
    [TestCase(1, 0, 40, 40)]
    [TestCase(15, 0, 40, 40)]
    [TestCase(16, 0, 250, 40)]
    [TestCase(400, 0, 250, 0)]
    [TestCase(1, 1, 5, 5)]
    [TestCase(400, 1, 0, 0)]
    [TestCase(1, 16, 40, 40)]
    [TestCase(400, 64, 0, 0)]
    public void A_burst_is_gathered_for_longer_unless_somebody_waits(int taken, int waitedFor, int memory, int broker)
    {
        Assert.That(s_memory.PauseAfter(taken, waitedFor).TotalMilliseconds, Is.EqualTo(memory));
        Assert.That(s_broker.PauseAfter(taken, waitedFor).TotalMilliseconds, Is.EqualTo(broker));
    }

    [Test]
    public void Where_more_may_be_there_already_nothing_is_gathered()
    {
        Assert.That(s_memory.PauseAfter(s_memory.Window, 0), Is.EqualTo(TimeSpan.Zero));
        Assert.That(s_broker.PauseAfter(s_broker.Window, 0), Is.EqualTo(TimeSpan.Zero));
        Assert.That((s_memory with { Window = 7 }).PauseAfter(7, 0), Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(1, 16, 16)]
    [TestCase(100, 25, 25)]
    [TestCase(450, 113, 32)]
    [TestCase(5000, 256, 32)]
    public void Parts_are_as_large_as_leaves_one_for_each_step_within_limits(int items, int memory, int broker)
    {
        Assert.That(s_memory.Together(items), Is.EqualTo(memory));
        Assert.That(s_broker.Together(items), Is.EqualTo(broker));
    }

    [Test]
    public void As_many_are_on_their_way_in_memory_as_all_steps_can_have_together()
    {
        Assert.That(s_memory.Window, Is.EqualTo(4 * s_memory.MostTogether));
        Assert.That(s_broker.Window, Is.EqualTo(512));
    }
}
