using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Core.Telemetry;

namespace RecordHub.Core.Tests.Telemetry;

/// <summary>What telemetry costs where nobody wants it.</summary>
internal sealed class NobodyListensTests
{
    private static readonly IntakeOutcome s_outcome =
        new IntakeOutcome.Accepted(new ItemId(Guid.NewGuid()), ContentHash.FromDigest(new byte[32]));

    [Test]
    public void Nothing_is_allocated_on_the_way_of_an_item()
    {
        Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Pass();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void There_is_no_span_and_no_trace()
    {
        using Activity? span = HubSources.Core.StartActivity("receive");
        using Activity? after = TraceContext.Start(HubSources.Server, "file item", ActivityKind.Consumer, "00-x");

        Assert.That((span, after, TraceContext.Current), Is.EqualTo(((Activity?)null, (Activity?)null, (string?)null)));
    }

    private static void Pass()
    {
        using Activity? span = HubSources.Core.StartActivity("receive");
        using Activity? step = TraceContext.Start(HubSources.Server, "file item", ActivityKind.Consumer, TraceContext.Current);
        HubMetrics.Received("North", Door.CStore, s_outcome);
        HubMetrics.Bytes("North", Door.CStore, 1000);
        HubMetrics.Decided("North", "filed", "identifier");
        HubMetrics.FirstDecided("filed", TimeSpan.FromSeconds(1));
        HubMetrics.Responded("c-store", 0);
        HubMetrics.Transaction(write: true, done: true, TimeSpan.FromSeconds(1));
        HubMetrics.Blob("commit", done: true, TimeSpan.FromSeconds(1));
        HubMetrics.Step("item", "done", TimeSpan.FromSeconds(1));
    }
}
