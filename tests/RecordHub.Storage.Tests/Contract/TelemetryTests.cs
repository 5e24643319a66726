using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Telemetry;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What is measured of the database, and how a trace goes through it.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class TelemetryTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    [Test]
    public async Task The_outbox_says_how_much_waits_and_fails_and_since_when()
    {
        Assert.That(await Store.Outbox.MeasureAsync(None), Is.EqualTo(new OutboxDepth(0, 0, null)));
        DateTimeOffset first = Store.Time.GetUtcNow();
        await Store.Items.ReceiveAsync(Make.Item("a"), None);
        Store.Time.Advance(TimeSpan.FromMinutes(5));
        ReceivedItem late = Make.Item("b");
        await Store.Items.ReceiveAsync(late, None);
        Assert.That(await Store.Outbox.MeasureAsync(None), Is.EqualTo(new OutboxDepth(2, 0, first)));

        // Put off into the future, it is as old as its failing.
        OutboxEntry entry = (await Store.Outbox.TakeAsync(10, "us", s_lease, None))[0];
        await Store.Outbox.PostponeAsync(entry, first + TimeSpan.FromHours(1), "Broken", None);
        Assert.That(
            await Store.Outbox.MeasureAsync(None), Is.EqualTo(new OutboxDepth(2, 1, first + TimeSpan.FromMinutes(5))));

        await Store.Items.SaveAsync(Make.Filing(late, 1) with { GivenUp = new GivenUp(5, "Broken") }, None);
        Assert.That((await Store.Outbox.MeasureAsync(None)).Waiting, Is.EqualTo(1));
        Assert.That((await Store.Outbox.MeasureAsync(None)).Failing, Is.EqualTo(2));
    }

    [Test]
    public async Task An_item_arrives_in_its_case_once_however_often_it_is_filed_there()
    {
        ReceivedItem item = Make.Item("a");
        CaseNumber number = new(1);
        HeldRecord filed = Make.Record(item, RecordState.Filed, 1);
        await Store.Items.ReceiveAsync(item, None);
        DateTimeOffset start = Store.Time.GetUtcNow();
        Store.Time.Advance(TimeSpan.FromMinutes(1));

        await Store.Items.SaveAsync(Make.Filing(item, 1), None);
        Assert.That(await ArrivalsAsync(start), Is.Empty, "held");
        await Store.Items.SaveAsync(Make.Filing(item, 2, filed), None);
        DateTimeOffset then = Store.Time.GetUtcNow();
        Store.Time.Advance(TimeSpan.FromMinutes(1));
        await Store.Items.SaveAsync(Make.Filing(item, 3, filed), None);

        Assert.That(await ArrivalsAsync(start), Is.EqualTo(new[] { new PackageArrival(item.ReceivedAt, null) }));
        Assert.That(await ArrivalsAsync(then), Is.Empty, "already in the version of that time");
        await Store.Items.SaveAsync(Make.Filing(item, 4), None);
        Assert.That(await ArrivalsAsync(start), Is.Empty, "taken out again");

        Task<IReadOnlyList<PackageArrival>> ArrivalsAsync(DateTimeOffset after) =>
            Store.Packages.ListArrivalsAsync(number, after, 10, None);
    }

    [Test]
    public async Task A_trace_is_written_beside_what_it_brought_and_to_nothing_that_is_committed_with_it()
    {
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == HubSources.Core.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        ReceivedItem followed = Make.Item("followed");
        ReceivedItem alone = Make.Item("alone");
        string? trace;
        Task<Receipt> unfollowed;
        using (ExecutionContext.SuppressFlow())
        {
            unfollowed = Task.Run(() => Store.Items.ReceiveAsync(alone, None).AsTask());
        }

        using (Activity? span = TraceContext.Start(HubSources.Core, "receive", ActivityKind.Server, default(ActivityContext)))
        {
            trace = span?.Id;
            await Store.Items.ReceiveAsync(followed, None);
        }

        await unfollowed;
        IReadOnlyList<OutboxEntry> entries = await Store.Outbox.TakeAsync(10, "us", s_lease, None);

        Assert.That(trace, Is.Not.Null);
        Assert.That(entries.Single(entry => entry.Key == followed.Id.ToString()).Trace, Is.EqualTo(trace));
        Assert.That(entries.Single(entry => entry.Key == alone.Id.ToString()).Trace, Is.Null);
        Assert.That((await Store.Outbox.FindAsync(entries[0].Number, None))?.Key, Is.EqualTo(entries[0].Key));
        await Store.Items.SaveAsync(Make.Filing(followed, 1, Make.Record(followed, RecordState.Filed, 1)), None);
        Assert.That(
            (await Store.Packages.ListArrivalsAsync(new CaseNumber(1), default, 10, None)).Single().Trace, Is.EqualTo(trace));
    }
}
