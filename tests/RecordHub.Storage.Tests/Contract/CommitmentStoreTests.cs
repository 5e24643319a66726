using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Commitment;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class CommitmentStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    [Test]
    public async Task An_order_is_due_at_once_and_comes_back_as_it_was_given()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3", "1.2.4"), None);

        CommitmentJob job = (await TakeAsync()).Single();
        Assert.That(job.Order.References, Is.EqualTo(Order("1.1", "1.2.3", "1.2.4").References));
        Assert.That((job.Order.Site, job.Order.CallingAeTitle, job.Order.CalledAeTitle, job.Order.TransactionUid),
            Is.EqualTo(("North", "NORTH", "RECORDHUB", "1.1")));
        Assert.That((job.Attempts, job.IsDuplicate, job.RequestedAt), Is.EqualTo((1, false, Store.Time.GetUtcNow())));
        Assert.That(await TakeAsync(), Is.Empty, "it is leased");
    }

    [Test]
    public async Task Asking_again_is_the_same_order_whatever_the_order_of_its_references()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3", "1.2.4"), None);
        CommitmentJob job = (await TakeAsync()).Single();
        await Store.Commitments.CloseAsync(job, CommitmentState.Reported, "0000", None);
        Assert.That(await TakeAsync(), Is.Empty);

        await Store.Commitments.RecordAsync(Order("1.1", "1.2.4", "1.2.3"), None);

        CommitmentJob again = (await TakeAsync()).Single();
        Assert.That((again.Id, again.Revision, again.Attempts, again.IsDuplicate), Is.EqualTo((job.Id, 2, 1, false)));
    }

    [Test]
    public async Task An_order_that_is_asked_again_while_it_is_worked_on_is_due_again()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3"), None);
        CommitmentJob job = (await TakeAsync()).Single();
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3"), None);

        await Store.Commitments.CloseAsync(job, CommitmentState.Reported, "0000", None);

        Assert.That((await TakeAsync()).Single().Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task A_transaction_uid_used_for_something_else_is_a_duplicate_but_not_another_senders()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3"), None);
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.4"), None);
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.5") with { Site = "South" }, None);

        Assert.That((await TakeAsync()).Select(job => job.IsDuplicate), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public async Task A_postponed_order_is_due_at_its_time_or_when_its_sender_is_there_again()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3"), None);
        await PostponeAsync();
        Store.Time.Advance(TimeSpan.FromHours(1));
        Assert.That((await TakeAsync()).Single().Attempts, Is.EqualTo(2));

        Store.Time.Advance(s_lease);
        await PostponeAsync();
        Assert.That(await TakeAsync(), Is.Empty);
        await Store.Commitments.HurryAsync("South", "NORTH", None);
        Assert.That(await TakeAsync(), Is.Empty);
        await Store.Commitments.HurryAsync("North", "NORTH", None);
        Assert.That(await TakeAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_lease_ends_with_its_time_or_with_the_process()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3"), None);
        await TakeAsync();
        Store.Time.Advance(s_lease);
        Assert.That(await TakeAsync(), Has.Count.EqualTo(1));
        await Store.Commitments.ReleaseAllAsync(None);
        Assert.That(await TakeAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_over_is_listed_and_what_was_reported_is_forgotten_later()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3"), None);
        await Store.Commitments.RecordAsync(Order("1.2", "1.2.3", "1.2.4"), None);
        IReadOnlyList<CommitmentJob> jobs = await TakeAsync();
        await Store.Commitments.CloseAsync(jobs[0], CommitmentState.Reported, "0000", None);
        await Store.Commitments.CloseAsync(jobs[1], CommitmentState.Abandoned, "nobody answers", None);

        CommitmentEntry abandoned = (await Store.Commitments.ListAsync(CommitmentState.Abandoned, null, 10, None)).Single();
        Assert.That((abandoned.TransactionUid, abandoned.References, abandoned.Detail, abandoned.Site),
            Is.EqualTo(("1.2", 2, "nobody answers", "North")));
        Assert.That(await Store.Commitments.CountAbandonedAsync(None), Is.EqualTo(1));
        Assert.That(
            await Store.Commitments.ListAsync(CommitmentState.Abandoned, Tenant.Parse("other"), 10, None), Is.Empty);
        Assert.That(await Store.Commitments.ForgetAsync(Store.Time.GetUtcNow(), None), Is.Zero);
        Store.Time.Advance(TimeSpan.FromDays(1));
        Assert.That(await Store.Commitments.ForgetAsync(Store.Time.GetUtcNow(), None), Is.EqualTo(1));
        Assert.That(await Store.Commitments.ListAsync(CommitmentState.Abandoned, null, 10, None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_copy_counts_until_all_of_it_was_turned_down()
    {
        ReceivedItem unfiled = Make.Item("a", sop: "1.2.3");
        ReceivedItem turnedDown = Make.Item("b", sop: "1.2.3");
        ReceivedItem held = Make.Item("c", sop: "1.2.3");
        foreach (ReceivedItem item in new[] { unfiled, turnedDown, held, Make.Item("d", sop: "1.2.4") })
        {
            await Store.Items.ReceiveAsync(item, None);
        }

        await Store.Items.SaveAsync(Make.Filing(turnedDown, 1, Make.Record(turnedDown, RecordState.Rejected)), None);
        await Store.Items.SaveAsync(Make.Filing(held, 1, Make.Record(held, RecordState.Held)), None);

        Assert.That(await Store.Items.FindCopiesAsync("1.2.3", Tenant.Default, None), Is.EqualTo(new[]
        {
            new HeldCopy(unfiled.Blob, 100, false),
            new HeldCopy(turnedDown.Blob, 100, true),
            new HeldCopy(held.Blob, 100, false),
        }));
        Assert.That(await Store.Items.FindCopiesAsync("9.9", Tenant.Default, None), Is.Empty);
        Assert.That(await Store.Items.FindCopiesAsync("1.2.3", Tenant.Parse("north"), None), Is.Empty);
    }

    [Test]
    public async Task The_orders_of_a_tenant_are_listed_whatever_came_of_them()
    {
        await Store.Commitments.RecordAsync(Order("1.1", "1.2.3", "1.2.4"), None);
        await Store.Commitments.CloseAsync((await TakeAsync()).Single(), CommitmentState.Reported, "0000", None);
        await Store.Commitments.RecordAsync(Order("1.2", "1.2.5") with { Tenant = Tenant.Parse("north") }, None);

        CommitmentOrder mine = (await Store.Commitments.ListOrdersAsync(Tenant.Default, 10, None)).Single();
        Assert.That(mine.References, Is.EqualTo(Order("1.1", "1.2.3", "1.2.4").References));
        Assert.That(
            (await Store.Commitments.ListOrdersAsync(Tenant.Parse("north"), 10, None)).Single().TransactionUid,
            Is.EqualTo("1.2"));
        Assert.That(await Store.Commitments.ListOrdersAsync(Tenant.Default, 0, None), Is.Empty);
    }

    private static CommitmentOrder Order(string transaction, params string[] instances) => new()
    {
        Site = "North",
        CallingAeTitle = "NORTH",
        CalledAeTitle = "RECORDHUB",
        TransactionUid = transaction,
        References = [.. instances.Select(uid => new InstanceReference("1.2.840.10008.5.1.4.1.1.2", uid))],
    };

    private Task<IReadOnlyList<CommitmentJob>> TakeAsync() => Store.Commitments.TakeAsync(10, s_lease, None);

    private async Task PostponeAsync() => await Store.Commitments.PostponeAsync(
        (await TakeAsync()).Single(), Store.Time.GetUtcNow() + TimeSpan.FromHours(1), "away", None);
}
