using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
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
    private const string Us = "us";

    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    [Test]
    public async Task An_entry_is_handed_out_once_until_its_lease_ends()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);

        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();
        Assert.That(taken, Is.EqualTo(new OutboxEntry(OutboxTopic.Item, taken.Key, 1, 0) { Number = taken.Number }));
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.Empty);

        Store.Time.Advance(s_lease);
        Assert.That((await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single().Lost, Is.EqualTo(1));
    }

    [Test]
    public async Task No_more_are_out_than_asked_for_over_all_takers()
    {
        for (int i = 0; i < 5; i++)
        {
            await Store.Items.ReceiveAsync(Make.Item($"item {i}"), None);
        }

        IReadOnlyList<OutboxEntry>[] takers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Outbox.TakeAsync(3, Us, s_lease, None))));

        Assert.That(takers.Sum(taken => taken.Count), Is.EqualTo(3));
        Assert.That(takers.SelectMany(taken => taken).Select(entry => entry.Key), Is.Unique);
    }

    [Test]
    public async Task After_a_restart_everything_is_due_again()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        await Store.Outbox.TakeAsync(10, Us, s_lease, None);

        await Store.Outbox.ReleaseAllAsync(None);

        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_postponed_entry_is_due_at_its_time_with_its_attempts()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();

        await Store.Outbox.PostponeAsync(
            taken with { Attempts = 2, Setbacks = 3 }, Store.Time.GetUtcNow() + TimeSpan.FromSeconds(5), "Broken", None);

        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.Empty);
        Store.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(
            (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single(),
            Is.EqualTo(taken with { Attempts = 2, Setbacks = 3 }));
    }

    [Test]
    public async Task What_was_written_while_the_clock_was_ahead_is_due_now_and_what_was_given_up_is_not()
    {
        DateTimeOffset right = Store.Time.GetUtcNow();
        ReceivedItem parked = Make.Item("a");
        await Store.Items.ReceiveAsync(parked, None);
        await Store.Outbox.TakeAsync(10, Us, s_lease, None);
        await Store.Items.SaveAsync(Make.Filing(parked, 1) with { GivenUp = new GivenUp(5, "Broken") }, None);
        await Store.Items.ReceiveAsync(Make.Item("b"), None);
        await Store.Items.ReceiveAsync(Make.Item("c"), None);
        IReadOnlyList<OutboxEntry> taken = await Store.Outbox.TakeAsync(10, Us, s_lease, None);

        // One is put off and one is taken a year ahead; then the clock is corrected.
        await Store.Outbox.PostponeAsync(taken[0], right.AddYears(1).AddSeconds(5), "Broken", None);
        await Store.Outbox.HandBackAsync(taken[1], None);
        Store.Time.Advance(right.AddYears(1) - right);
        Assert.That(await Store.Outbox.TakeAsync(10, "dead", s_lease, None), Has.Count.EqualTo(1));
        Store.Time.AdjustTime(right.AddSeconds(1));

        IReadOnlyList<OutboxEntry> again = await Store.Outbox.TakeAsync(10, Us, s_lease, None);
        Assert.That(again.Select(entry => entry.Key), Is.EquivalentTo(new[] { taken[0].Key, taken[1].Key }));
        Assert.That(again.Select(entry => entry.Lost), Is.All.Zero);
    }

    [Test]
    public async Task Instances_of_a_study_wait_together_and_a_late_one_makes_it_due_again()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        await FileAsync("a", "1.1.1.1");
        await FileAsync("b", "1.1.1.2");
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.Empty, "more of it may be coming");

        Store.Time.Advance(TimeSpan.FromSeconds(1));
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();
        Assert.That(taken, Is.EqualTo(new OutboxEntry(OutboxTopic.Study, "1 1.1", 2, 0) { Number = taken.Number }));

        await FileAsync("c", "1.1.1.3");
        await Store.Instances.SaveStudyAsync(study, new RebuiltStudy(null, null, null), taken.Generation, None);
        Store.Time.Advance(TimeSpan.FromSeconds(1));
        OutboxEntry again = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();
        Assert.That(again.Generation, Is.EqualTo(3));

        await Store.Instances.SaveStudyAsync(study, new RebuiltStudy(null, null, null), again.Generation, None);
        Assert.That(await Store.Outbox.CountAsync(None), Is.Zero);
    }

    [Test]
    public async Task A_rebuilding_of_what_was_read_earlier_never_replaces_a_later_one()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        string id = ImagingStudyBuilder.StudyId(study);
        RebuiltStudy earlier = new(Make.Resource("ImagingStudy", id, json: "{\"of\":1}"), null, null);
        RebuiltStudy later = new(Make.Resource("ImagingStudy", id, json: "{\"of\":2}"), null, null);
        await FileAsync("a", "1.1.1.1");
        await FileAsync("b", "1.1.1.2");

        await Store.Instances.SaveStudyAsync(study, later, 2, None);
        await Store.Instances.SaveStudyAsync(study, earlier, 1, None);

        ResourceVersion? saved = await Store.Resources.ReadAsync("ImagingStudy", id, AccessScope.All, None);
        Assert.That((saved?.Version, Encoding.UTF8.GetString(saved!.Json.Span)), Is.EqualTo((1, "{\"of\":2}")));
    }

    [Test]
    public async Task Whoever_waits_is_woken_by_a_receipt()
    {
        Task waiting = Store.Outbox.WaitAsync(TimeSpan.FromHours(1), None);

        await Store.Items.ReceiveAsync(Make.Item("a"), None);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task A_living_process_keeps_its_leases_and_a_dead_one_loses_them()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        OutboxEntry ours = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();
        await Store.Items.ReceiveAsync(Make.Item("b"), None);
        OutboxEntry theirs = (await Store.Outbox.TakeAsync(10, "them", s_lease, None)).Single();

        Store.Time.Advance(s_lease / 2);
        await Store.Outbox.RenewAsync(Us, [], s_lease, s_longest, None);
        Store.Time.Advance(s_lease / 2);

        OutboxEntry again = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();
        Assert.That(again, Is.EqualTo(theirs with { Lost = 1 }));
        Assert.That(await Store.Outbox.IsWaitingAsync(ours.Topic, ours.Key, None), Is.True);
    }

    [Test]
    public async Task What_runs_keeps_its_lease_though_who_handed_it_out_is_dead()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, "dead", s_lease, None)).Single();

        Store.Time.Advance(s_lease / 2);
        await Store.Outbox.RenewAsync(Us, [taken], s_lease, s_longest, None);
        Store.Time.Advance(s_lease / 2);

        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.Empty);
    }

    [Test]
    public async Task What_is_on_its_way_for_too_long_is_handed_out_again()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        await Store.Outbox.TakeAsync(10, Us, s_lease, None);

        Store.Time.Advance(s_longest);
        await Store.Outbox.RenewAsync(Us, [], s_lease, s_longest, None);

        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_handed_back_is_due_at_once_and_not_lost()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        await Store.Items.ReceiveAsync(Make.Item("b"), None);
        IReadOnlyList<OutboxEntry> taken = await Store.Outbox.TakeAsync(10, Us, s_lease, None);

        await Store.Outbox.HandBackAsync(taken[0], None);
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.EqualTo(new[] { taken[0] }));
        await Store.Outbox.HandBackAsync(Us, None);
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.EqualTo(taken));
    }

    [Test]
    public async Task What_fails_is_listed_until_it_is_driven_again()
    {
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();
        DateTimeOffset since = Store.Time.GetUtcNow();
        Assert.That(await Store.Outbox.ListFailedAsync(10, None), Is.Empty);

        await Store.Outbox.PostponeAsync(taken with { Attempts = 1 }, since + TimeSpan.FromHours(1), "Broken", None);
        Assert.That(await Store.Outbox.ListFailedAsync(10, None), Is.EqualTo(new[]
        {
            new FailedEntry
            {
                Entry = taken with { Attempts = 1 }, Error = "Broken", Since = since, Next = since + TimeSpan.FromHours(1),
            },
        }));

        Assert.That(await Store.Outbox.RetryAsync(taken.Topic, taken.Key, None), Is.True);
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.EqualTo(new[] { taken }));
        Assert.That(await Store.Outbox.RetryAsync(taken.Topic, "another", None), Is.False);
    }

    [Test]
    public async Task What_was_given_up_waits_for_nobody_but_is_listed_and_can_be_driven_again()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        OutboxEntry taken = (await Store.Outbox.TakeAsync(10, Us, s_lease, None)).Single();

        await Store.Items.SaveAsync(Make.Filing(item, 1) with { GivenUp = new GivenUp(5, "Broken") }, None);

        Assert.That(await Store.Outbox.CountAsync(None), Is.Zero);
        Assert.That(await Store.Outbox.IsWaitingAsync(taken.Topic, taken.Key, None), Is.False);
        Store.Time.Advance(TimeSpan.FromDays(1000));
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.Empty);
        FailedEntry failed = (await Store.Outbox.ListFailedAsync(10, None)).Single();
        Assert.That((failed.Entry.Attempts, failed.Error, failed.Next), Is.EqualTo((5, "Broken", (DateTimeOffset?)null)));

        await Store.Outbox.RetryAsync(taken.Topic, taken.Key, None);
        Assert.That(await Store.Outbox.CountAsync(None), Is.EqualTo(1));
        Assert.That(await Store.Outbox.TakeAsync(10, Us, s_lease, None), Is.EqualTo(new[] { taken }));
    }

    [Test]
    public async Task Counting_goes_no_further_than_asked()
    {
        for (int i = 0; i < 5; i++)
        {
            await Store.Items.ReceiveAsync(Make.Item($"item {i}"), None);
        }

        Assert.That(await Store.Outbox.CountAsync(3, None), Is.EqualTo(3));
        Assert.That(await Store.Outbox.CountAsync(None), Is.EqualTo(5));
    }

    [Test]
    public async Task What_one_process_does_for_all_is_taken_by_one_until_its_time_is_over()
    {
        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            process => Task.Run(() => Store.Leases.TryTakeAsync("sweep", $"{process}", s_lease, None))));
        Assert.That(taken.Count(one => one), Is.EqualTo(1));

        Store.Time.Advance(s_lease);
        Assert.That(await Store.Leases.TryTakeAsync("sweep", "another", s_lease, None), Is.True);
        Assert.That(await Store.Leases.TryTakeAsync("sweep", "another", s_lease, None), Is.True, "its own");
    }

    private async Task FileAsync(string content, string sop)
    {
        ReceivedItem item = Make.Item(content);
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = [Make.Instance("1.1", "1.1.1", sop)] }, None);
    }
}
