using NUnit.Framework;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Pipeline;

public sealed class PipelineTests
{
    private const string Letter = "Dear colleague, thank you for seeing this patient.";
    private static readonly PipelineOptions s_quick = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(1),
        LongestRetry = TimeSpan.FromMilliseconds(5),
        LongestWaitForEngine = TimeSpan.FromMilliseconds(5),
        PollInterval = TimeSpan.FromMilliseconds(20),
        MaxAttempts = 3,
    };

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-pipeline-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_item_has_its_outcome_soon_after_it_was_accepted()
    {
        await using PipelineHost host = await PipelineHost.StartAsync(_folder);

        IReadOnlyList<HeldRecord> records = await host.WaitAsync(await host.AcceptAsync(Letter));

        Assert.That(records.Select(record => record.State), Is.EqualTo(new[] { RecordState.Held }));
        Assert.That(await host.Waiter.WaitUntilIdleAsync(TimeSpan.FromSeconds(30), default), Is.True);
    }

    [Test]
    public async Task Many_items_at_once_all_have_an_outcome()
    {
        await using PipelineHost host = await PipelineHost.StartAsync(_folder, s_quick with { Window = 7 });

        ItemId[] items = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => host.AcceptAsync($"{Letter} {n}")));

        Assert.That(await host.Waiter.WaitUntilIdleAsync(TimeSpan.FromSeconds(60), default), Is.True);
        foreach (ItemId item in items)
        {
            Assert.That(await host.WaitAsync(item), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task What_was_accepted_while_nobody_worked_is_done_after_the_restart()
    {
        ItemId item;
        await using (PipelineHost door = await PipelineHost.StartAsync(_folder, worker: false))
        {
            item = await door.AcceptAsync(Letter);
            await door.Outbox.TakeAsync(10, "dead", TimeSpan.FromHours(1), default); // Handed out, and then the process died.
            Assert.That(await door.Waiter.WaitAsync(item, TimeSpan.Zero, default), Is.Empty);
        }

        await using PipelineHost worker = await PipelineHost.StartAsync(_folder);
        Assert.That(await worker.WaitAsync(item), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_step_that_fails_is_tried_again()
    {
        await using PipelineHost host = await PipelineHost.StartAsync(
            _folder, s_quick, change: services => PipelineHost.Replace(services, inner => new FailingBlobs(inner, 2, () => new IOException("The disk hiccupped."))));

        IReadOnlyList<HeldRecord> records = await host.WaitAsync(await host.AcceptAsync(Letter));

        Assert.That(records.Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
    }

    [Test]
    public async Task A_step_that_always_fails_ends_in_the_inbox_and_works_when_driven_again()
    {
        // Three attempts fail; whatever comes after them works.
        await using PipelineHost host = await PipelineHost.StartAsync(
            _folder, s_quick, change: services => PipelineHost.Replace(services, inner => new FailingBlobs(inner, 3, () => new InvalidDataException("It cannot be read."))));
        ItemId item = await host.AcceptAsync(Letter);

        HeldRecord held = (await host.WaitAsync(item)).Single();
        Assert.That((held.State, held.Reason), Is.EqualTo((RecordState.Held, GiveUpStep.Reason)));

        await host.Items.DecideAsync(
            new InboxDecision
            {
                Record = held.Id,
                ExpectedRevision = held.Revision,
                Verdict = InboxVerdict.Undo,
                By = "c",
                At = DateTimeOffset.UnixEpoch,
            },
            default);
        Assert.That((await host.WaitAsync(item)).Single().Reason, Is.Not.EqualTo(GiveUpStep.Reason));
    }
}
