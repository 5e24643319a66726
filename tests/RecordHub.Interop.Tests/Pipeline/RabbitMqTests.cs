using NUnit.Framework;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Pipeline;

namespace RecordHub.Interop.Tests.Pipeline;

/// <summary>The pipeline over a real RabbitMQ: a broker that is away delays, and loses nothing.</summary>
[CancelAfter(300_000)]
[NonParallelizable]
public sealed class RabbitMqTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder()
    {
        RabbitPeer.Require();
        _folder = Directory.CreateTempSubdirectory("rabbit-pipeline-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task Items_reach_their_outcome_through_the_broker_by_whichever_worker(CancellationToken token)
    {
        await using RabbitPeer rabbit = new();
        await rabbit.UpAsync(token);
        PipelineOptions options = Options(rabbit);
        await using PipelineHost door = await PipelineHost.StartAsync(_folder, options, worker: false);
        await using PipelineHost one = await PipelineHost.StartAsync(_folder, options);
        await using PipelineHost two = await PipelineHost.StartAsync(_folder, options);

        ItemId[] items = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => door.AcceptAsync($"A letter, number {n}.")));

        Assert.That(await door.Waiter.WaitUntilIdleAsync(s_patience, token), Is.True);
        foreach (ItemId item in items)
        {
            IReadOnlyList<HeldRecord> records = await door.Waiter.WaitAsync(item, s_patience, token);
            Assert.That(records.Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
            Assert.That(records.Single().Revision, Is.EqualTo(2), "filed once");
        }
    }

    [Test]
    public async Task What_is_accepted_while_the_broker_is_away_is_done_when_it_is_back(CancellationToken token)
    {
        await using RabbitPeer rabbit = new();
        await using PipelineHost host = await PipelineHost.StartAsync(_folder, Options(rabbit));
        ItemId before = await host.AcceptAsync("A letter before the broker was there.");
        Assert.That(await host.Waiter.WaitAsync(before, TimeSpan.Zero, token), Is.Empty);

        await rabbit.UpAsync(token);
        Assert.That(await host.Waiter.WaitAsync(before, s_patience, token), Has.Count.EqualTo(1));

        await rabbit.DownAsync(token);
        ItemId between = await host.AcceptAsync("A letter while the broker was down.");
        await rabbit.UpAsync(token);
        IReadOnlyList<HeldRecord> records = await host.Waiter.WaitAsync(between, s_patience, token);
        Assert.That(records.Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
    }

    private static PipelineOptions Options(RabbitPeer rabbit) => new()
    {
        BrokerUri = rabbit.Uri,
        QueuePrefix = "test",
        Lease = TimeSpan.FromSeconds(20),
        PollInterval = TimeSpan.FromMilliseconds(50),
    };
}
