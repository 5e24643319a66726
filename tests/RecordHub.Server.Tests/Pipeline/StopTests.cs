using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

/// <summary>A stop while steps run.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-stop-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_step_in_hand_ends_before_the_stop_does_and_nothing_is_logged()
    {
        using TroubleLog log = new();
        HeldBlobs.Gate gate = new();
        PipelineHost host = await StartAsync(new PipelineOptions { StopGrace = s_patience }, gate, log);
        ItemId item = await host.AcceptAsync("A letter.");
        ItemId[] behind = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => host.AcceptAsync($"Another, {n}.")));
        await gate.Reached.Task.WaitAsync(s_patience);

        Task stop = host.DisposeAsync().AsTask();
        Assert.That(stop.IsCompleted, Is.False);
        gate.Opened.SetResult();
        await stop;

        Assert.That(log.Lines, Is.Empty);
        await using PipelineHost next = await PipelineHost.StartAsync(_folder, worker: false);
        Assert.That(await next.Waiter.WaitAsync(item, TimeSpan.Zero, default), Has.Count.EqualTo(1));

        // How many of the others were in hand as well is a matter of luck; that none is left under a lease is not.
        IReadOnlyList<Core.Outbox.OutboxEntry> handedBack = await next.Outbox.TakeAsync(100, "next", s_patience, default);
        HashSet<string> waiting = [.. handedBack.Select(entry => entry.Key)];
        foreach (ItemId other in behind)
        {
            int records = (await next.Waiter.WaitAsync(other, TimeSpan.Zero, default)).Count;
            Assert.That(records, Is.EqualTo(waiting.Contains(other.ToString()) ? 0 : 1));
        }
    }

    [Test]
    public async Task A_step_that_outlasts_the_grace_is_handed_back_and_nothing_is_logged()
    {
        using TroubleLog log = new();
        HeldBlobs.Gate gate = new();
        PipelineHost host = await StartAsync(
            new PipelineOptions { StopGrace = TimeSpan.FromMilliseconds(50), Lease = TimeSpan.FromHours(1) }, gate, log);
        ItemId item = await host.AcceptAsync("A letter.");
        await gate.Reached.Task.WaitAsync(s_patience);

        await host.DisposeAsync().AsTask().WaitAsync(s_patience);

        Assert.That(log.Lines, Is.Empty);
        await using PipelineHost next = await PipelineHost.StartAsync(_folder, worker: false);
        Assert.That(
            (await next.Outbox.TakeAsync(1, "next", s_patience, default)).Single(),
            Is.EqualTo(new Core.Outbox.OutboxEntry(Core.Outbox.OutboxTopic.Item, item.ToString(), 1, 0) { Number = 1 }));
    }

    private Task<PipelineHost> StartAsync(PipelineOptions options, HeldBlobs.Gate gate, TroubleLog log) =>
        PipelineHost.StartAsync(_folder, options, change: services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            PipelineHost.Replace(services, inner => new HeldBlobs(inner, gate));
        });
}
