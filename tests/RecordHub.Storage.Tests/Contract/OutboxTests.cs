using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class OutboxTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    [Test]
    public async Task An_entry_is_handed_out_once_until_its_lease_ends()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);

        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, s_lease, None)).Single();
        Assert.That(taken, Is.EqualTo(new OutboxEntry(OutboxTopic.Item, taken.Key, 1, 1)));
        Assert.That(await Store.Outbox.TakeAsync(10, s_lease, None), Is.Empty);

        Store.Time.Advance(s_lease);
        Assert.That((await Store.Outbox.TakeAsync(10, s_lease, None)).Single().Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task No_more_are_out_than_asked_for_over_all_takers()
    {
        for (int i = 0; i < 5; i++)
        {
            await Store.Items.ReceiveAsync(Make.Item($"item {i}"), None);
        }

        IReadOnlyList<OutboxEntry>[] takers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Outbox.TakeAsync(3, s_lease, None))));

        Assert.That(takers.Sum(taken => taken.Count), Is.EqualTo(3));
        Assert.That(takers.SelectMany(taken => taken).Select(entry => entry.Key), Is.Unique);
    }

    [Test]
    public async Task After_a_restart_everything_is_due_again()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        await Store.Outbox.TakeAsync(10, s_lease, None);

        await Store.Outbox.ReleaseAllAsync(None);

        Assert.That(await Store.Outbox.TakeAsync(10, s_lease, None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_postponed_entry_is_due_at_its_time_with_its_attempts()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, s_lease, None)).Single();

        await Store.Outbox.PostponeAsync(
            taken with { Attempts = 0 }, Store.Time.GetUtcNow() + TimeSpan.FromSeconds(5), "Broken", None);

        Assert.That(await Store.Outbox.TakeAsync(10, s_lease, None), Is.Empty);
        Store.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await Store.Outbox.TakeAsync(10, s_lease, None)).Single().Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task Instances_of_a_study_wait_together_and_a_late_one_makes_it_due_again()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        await FileAsync("a", "1.1.1.1");
        await FileAsync("b", "1.1.1.2");
        Assert.That(await Store.Outbox.TakeAsync(10, s_lease, None), Is.Empty, "more of it may be coming");

        Store.Time.Advance(TimeSpan.FromSeconds(1));
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, s_lease, None)).Single();
        Assert.That(taken, Is.EqualTo(new OutboxEntry(OutboxTopic.Study, "1 1.1", 2, 1)));

        await FileAsync("c", "1.1.1.3");
        await Store.Instances.SaveStudyAsync(study, new RebuiltStudy(null, null, null), taken.Generation, None);
        Store.Time.Advance(TimeSpan.FromSeconds(1));
        OutboxEntry again = (await Store.Outbox.TakeAsync(10, s_lease, None)).Single();
        Assert.That(again.Generation, Is.EqualTo(3));

        await Store.Instances.SaveStudyAsync(study, new RebuiltStudy(null, null, null), again.Generation, None);
        Assert.That(await Store.Outbox.CountAsync(None), Is.Zero);
    }

    [Test]
    public async Task Whoever_waits_is_woken_by_a_receipt()
    {
        Task waiting = Store.Outbox.WaitAsync(TimeSpan.FromHours(1), None);

        await Store.Items.ReceiveAsync(Make.Item("a"), None);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task FileAsync(string content, string sop)
    {
        ReceivedItem item = Make.Item(content);
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = [Make.Instance("1.1", "1.1.1", sop)] }, None);
    }
}
