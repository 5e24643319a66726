using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ItemStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    [Test]
    public async Task A_received_item_is_read_back_as_it_was()
    {
        ReceivedItem item = Make.Item("a", number: 4, sop: "1.2.3");

        Receipt receipt = await Store.Items.ReceiveAsync(item, None);
        StoredItem? found = await Store.Items.FindAsync(item.Id, None);

        Assert.That(receipt, Is.InstanceOf<Receipt.New>());
        Assert.That(found!.Received, Is.EqualTo(item));
        Assert.That(found.Revision, Is.EqualTo(1));
        Assert.That(found.ConflictsWith, Is.Null);
        Assert.That(await Store.Outbox.IsWaitingAsync(OutboxTopic.Item, item.Id.ToString(), None), Is.True);
    }

    [Test]
    public async Task The_same_content_for_the_same_case_is_known()
    {
        ReceivedItem first = Make.Item("a", number: 4);
        await Store.Items.ReceiveAsync(first, None);

        Receipt again = await Store.Items.ReceiveAsync(Make.Item("a", number: 4), None);

        Assert.That(again, Is.EqualTo(new Receipt.Known(first.Id, false)));
        Assert.That(await Store.Outbox.CountAsync(None), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_was_received_under_another_digest_is_known_and_in_no_conflict()
    {
        ReceivedItem before = Make.Item("as it was hashed before", number: 4, sop: "1.2", blob: "file");
        await Store.Items.ReceiveAsync(before, None);

        Assert.That(
            await Store.Items.ReceiveAsync(Make.Item("a", number: 4, sop: "1.2", blob: "file"), None),
            Is.EqualTo(new Receipt.Known(before.Id, false)));
        Assert.That(
            await Store.Items.ReceiveAsync(Make.Item("a", number: 5, sop: "1.2", blob: "file"), None), Is.EqualTo(new Receipt.New()));
        Assert.That(
            await Store.Items.ReceiveAsync(Make.Item("b", number: 5, sop: "1.2", blob: "other"), None),
            Is.EqualTo(new Receipt.NewInConflict(before.Id)));
    }

    [Test]
    public async Task Sixty_four_senders_of_one_item_make_one_row()
    {
        Receipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            Task.Run(() => Store.Items.ReceiveAsync(Make.Item("a", sop: "1.2"), None).AsTask())));

        Assert.That(receipts.Count(receipt => receipt is Receipt.New), Is.EqualTo(1));
        Assert.That(receipts.OfType<Receipt.Known>().Select(known => known.Item).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await Store.Outbox.CountAsync(None), Is.EqualTo(1));
    }

    [Test]
    public async Task A_held_item_gets_the_case_that_a_later_copy_names()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1), None);

        Receipt receipt = await Store.Items.ReceiveAsync(Make.Item("a", number: 5), None);
        StoredItem? found = await Store.Items.FindAsync(item.Id, None);

        Assert.That(receipt, Is.EqualTo(new Receipt.Known(item.Id, true)));
        Assert.That(found!.Received.Source.Case, Is.EqualTo(new CaseNumber(5)));
        Assert.That(found.Revision, Is.EqualTo(3));
        Assert.That(await Store.Outbox.IsWaitingAsync(OutboxTopic.Item, item.Id.ToString(), None), Is.True);
    }

    [Test]
    public async Task A_filed_item_is_known_to_its_case_and_new_to_another()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1, Make.Record(item, RecordState.Filed, 5)), None);

        Assert.That(await Store.Items.ReceiveAsync(Make.Item("a", number: 5), None), Is.EqualTo(new Receipt.Known(item.Id, false)));
        Assert.That(await Store.Items.ReceiveAsync(Make.Item("a", number: 6), None), Is.InstanceOf<Receipt.New>());
        Assert.That(await Store.Items.ReceiveAsync(Make.Item("a"), None), Is.EqualTo(new Receipt.Known(item.Id, false)));
    }

    [Test]
    public async Task The_same_instance_with_other_content_is_new_and_in_conflict()
    {
        ReceivedItem first = Make.Item("a", sop: "1.2.3");
        ReceivedItem second = Make.Item("b", number: 3, sop: "1.2.3");
        await Store.Items.ReceiveAsync(first, None);

        Receipt receipt = await Store.Items.ReceiveAsync(second, None);

        Assert.That(receipt, Is.EqualTo(new Receipt.NewInConflict(first.Id)));
        Assert.That((await Store.Items.FindAsync(second.Id, None))!.ConflictsWith, Is.EqualTo(first.Id));
    }

    [Test]
    public async Task Records_are_read_back_as_they_were_saved()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        HeldRecord[] records = [Make.Record(item, RecordState.Held), Make.Record(item, RecordState.Filed, 5, part: 2)];

        Assert.That(await Store.Items.SaveAsync(Make.Filing(item, 1, records), None), Is.Not.Null);
        IReadOnlyList<HeldRecord> found = await Store.Items.FindRecordsAsync(item.Id, AccessScope.All, None);

        Assert.That(found.Select(record => record.Id), Is.EqualTo(records.Select(record => record.Id)));
        Assert.That(found[0].Revision, Is.EqualTo(2));
        Assert.That(found[0].Evidence, Is.EqualTo(records[0].Evidence));
        Assert.That(found[0].SuggestedCases, Is.EqualTo(records[0].SuggestedCases));
        Assert.That(found[0].Claim.Identifiers, Is.EqualTo(records[0].Claim.Identifiers));
        Assert.That(found[0].Claim.Names, Is.EqualTo(records[0].Claim.Names));
        Assert.That(found[0].Claim.BirthDate, Is.EqualTo(new PartialDate(1961, 2)));
        Assert.That(found[0].Claim.Sex, Is.EqualTo(AdministrativeSex.Female));
        Assert.That(found[1].Case, Is.EqualTo(new CaseNumber(5)));
        Assert.That(found[1].Item, Is.EqualTo(item));
        Assert.That(await Store.Outbox.CountAsync(None), Is.Zero);
    }

    [Test]
    public async Task Filing_at_an_old_revision_changes_nothing()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1), None);

        Filing late = Make.Filing(item, 1, Make.Record(item, RecordState.Filed, 5)) with
        {
            Resources = [Make.Resource("Observation", "o1", 5)],
        };

        Assert.That(await Store.Items.SaveAsync(late, None), Is.Null);
        Assert.That((await Store.Items.FindRecordsAsync(item.Id, AccessScope.All, None))[0].State, Is.EqualTo(RecordState.Held));
        Assert.That(await Store.Resources.ReadAsync("Observation", "o1", AccessScope.All, None), Is.Null);
    }

    [Test]
    public async Task Sixty_four_filings_of_one_revision_leave_one()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);

        FilingChange?[] saved = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            Task.Run(() => Store.Items.SaveAsync(Make.Filing(item, 1), None))));

        Assert.That(saved.Count(one => one is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task A_filing_takes_the_place_of_the_one_before()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1, Make.Record(item, RecordState.Filed, 1)) with
            {
                Resources = [Make.Resource("Observation", "o1"), Make.Resource("Observation", "o2")],
                Binaries = [Make.Binary("b1")],
                Instances = [Make.Instance("1.1", "1.1.1", "1.1.1.1")],
            },
            None);

        await Store.Items.SaveAsync(
            Make.Filing(item, 2) with { Resources = [Make.Resource("Observation", "o2")] }, None);

        Assert.That((await Store.Resources.ReadAsync("Observation", "o1", AccessScope.All, None))!.Deleted, Is.True);
        Assert.That((await Store.Resources.ReadAsync("Observation", "o2", AccessScope.All, None))!.Version, Is.EqualTo(1));
        Assert.That(await Store.Resources.FindBinaryAsync("b1", AccessScope.All, None), Is.Null);
        Assert.That(await Store.Instances.ReadStudyAsync(new StudyKey(new CaseNumber(1), "1.1"), None), Is.Empty);
        Assert.That(await Store.Outbox.IsWaitingAsync(OutboxTopic.Study, "1 1.1", None), Is.True);
    }

    [Test]
    public async Task What_two_items_say_stays_until_neither_says_it()
    {
        ReceivedItem one = Make.Item("a");
        ReceivedItem two = Make.Item("b");
        foreach (ReceivedItem item in new[] { one, two })
        {
            await Store.Items.ReceiveAsync(item, None);
            await Store.Items.SaveAsync(
                Make.Filing(item, 1) with { Resources = [Make.Resource("Organization", "x")] }, None);
        }

        await Store.Items.SaveAsync(Make.Filing(one, 2), None);
        Assert.That((await Store.Resources.ReadAsync("Organization", "x", AccessScope.All, None))!.Deleted, Is.False);

        await Store.Items.SaveAsync(Make.Filing(two, 2), None);
        Assert.That((await Store.Resources.ReadAsync("Organization", "x", AccessScope.All, None))!.Deleted, Is.True);
    }

    [Test]
    public async Task A_decision_is_kept_and_drives_the_item_again()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1), None);
        InboxDecision decision = new()
        {
            Record = new RecordId(item.Id),
            ExpectedRevision = 2,
            Verdict = InboxVerdict.Assign,
            Case = new CaseNumber(8),
            By = "coordinator",
            At = Store.Time.GetUtcNow(),
        };

        Assert.That(await Store.Items.DecideAsync(decision, None), Is.True);
        Assert.That(await Store.Items.DecideAsync(decision, None), Is.False, "the revision has moved on");
        Assert.That((await Store.Items.FindAsync(item.Id, None))!.Decisions, Is.EqualTo(new[] { decision }));
        Assert.That(await Store.Outbox.IsWaitingAsync(OutboxTopic.Item, item.Id.ToString(), None), Is.True);
        Assert.That(
            await Store.Items.DecideAsync(decision with { Record = new RecordId(item.Id, 2), ExpectedRevision = 3 }, None),
            Is.False, "there is no second part");
    }

    [Test]
    public async Task Records_of_a_state_come_in_pages_in_order_of_receipt()
    {
        List<RecordId> ids = [];
        for (int i = 0; i < 5; i++)
        {
            ReceivedItem item = Make.Item($"item {i}", time: Store.Time);
            await Store.Items.ReceiveAsync(item, None);
            await Store.Items.SaveAsync(
                Make.Filing(item, 1, Make.Record(item, RecordState.Held), Make.Record(item, RecordState.Held, part: 2)), None);
            ids.AddRange([new RecordId(item.Id), new RecordId(item.Id, 2)]);
            Store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        List<RecordId> read = [];
        RecordId? after = null;
        while (await Store.Items.ListRecordsAsync(RecordState.Held, AccessScope.All, after, 3, None) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(record => record.Id));
            after = page[^1].Id;
        }

        Assert.That(read, Is.EqualTo(ids));
        Assert.That(await Store.Items.ListRecordsAsync(RecordState.Filed, AccessScope.All, null, 10, None), Is.Empty);
    }
}
