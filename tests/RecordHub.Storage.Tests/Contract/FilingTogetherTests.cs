using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Filings that share a commit end as those that have one each.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class FilingTogetherTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly PatientIdentifier s_identifier = new("urn:north", "77");

    [Test]
    public async Task What_was_read_too_early_is_not_saved_and_keeps_nobody_from_it()
    {
        ReceivedItem[] items = [await ReceiveAsync("a"), await ReceiveAsync("b"), await ReceiveAsync("c")];
        await Store.Items.SaveAsync(Make.Filing(items[1], 1), None);

        IReadOnlyList<FilingChange?> changes = await Store.Items.SaveAsync(
            [Make.Filing(items[0], 1), Make.Filing(items[1], 1), Make.Filing(items[2], 1), Make.Filing(Make.Item("unknown"), 1)], None);

        Assert.That(changes.Select(change => change is not null), Is.EqualTo([true, false, true, false]));
        Assert.That(
            (await Store.Items.FindAsync([.. items.Select(item => item.Id)], None)).Select(item => item.Revision), Is.EqualTo([2, 2, 2]));
        Assert.That(await Store.Outbox.CountAsync(None), Is.Zero);
    }

    [Test]
    public async Task Two_that_say_different_things_of_one_resource_come_one_after_the_other()
    {
        ReceivedItem one = await ReceiveAsync("a");
        ReceivedItem two = await ReceiveAsync("b");
        Filing first = Filed(one) with { Resources = [Make.Resource("Observation", "o1", json: """{"a":1}""")] };
        Filing second = Filed(two) with { Resources = [Make.Resource("Observation", "o1", json: """{"a":2}""")] };

        IReadOnlyList<FilingChange?> together = await Store.Items.SaveAsync([first, second], None);
        FilingChange? alone = await Store.Items.SaveAsync(second, None);

        Assert.That(together.Select(change => change is not null), Is.EqualTo([true, false]));
        Assert.That(alone, Is.Not.Null);
        Assert.That((await Store.Resources.ReadAsync("Observation", "o1", AccessScope.All, None))!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task Two_that_say_the_same_of_one_resource_share_it_until_neither_says_it()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [], None);
        ReceivedItem one = await ReceiveAsync("a");
        ReceivedItem two = await ReceiveAsync("b");
        StoredResource same = Make.Resource("Observation", "o1", json: """{"a":1}""");

        IReadOnlyList<FilingChange?> together = await Store.Items.SaveAsync(
            [Filed(one) with { Resources = [same] }, Filed(two) with { Resources = [same] }], None);
        await Store.Items.SaveAsync(Make.Filing(one, 2), None);
        ResourceVersion left = (await Store.Resources.ReadAsync("Observation", "o1", AccessScope.All, None))!;
        IReadOnlyList<FilingChange?> again = await Store.Items.SaveAsync(
            [Make.Filing(two, 2), Filed(one, revision: 3) with { Resources = [same] }], None);
        await Store.Items.SaveAsync(Make.Filing(two, await RevisionAsync(two)), None);
        await Store.Items.SaveAsync(Make.Filing(one, await RevisionAsync(one)), None);

        Assert.That(together, Has.None.Null);
        Assert.That((left.Version, left.Deleted), Is.EqualTo((1, false)));
        Assert.That(again.Select(change => change is not null), Is.EqualTo([true, false]));
        Assert.That((await Store.Resources.ReadAsync("Observation", "o1", AccessScope.All, None))!.Deleted, Is.True);
    }

    [Test]
    public async Task An_identifier_is_learnt_once_and_becomes_one_patients()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [], None);
        await Store.Cases.CreateAsync(Make.Case(2, "p2"), [], None);
        ReceivedItem[] items = [await ReceiveAsync("a"), await ReceiveAsync("b"), await ReceiveAsync("c")];

        IReadOnlyList<FilingChange?> changes = await Store.Items.SaveAsync(
        [
            Filed(items[0]) with { Links = [new IdentifierLink(s_identifier, "p1", "verified")] },
            Filed(items[1]) with { Links = [new IdentifierLink(s_identifier, "p1", "verified")] },
            Filed(items[2], 2) with { Links = [new IdentifierLink(s_identifier, "p2", "verified")] },
        ], None);

        Assert.That(changes.Select(change => change?.Learnt.Count), Is.EqualTo([1, 0, default(int?)]));
        Assert.That((await Store.Cases.FindPatientAsync(s_identifier, Tenant.Default, None))!.Id, Is.EqualTo("p1"));
    }

    [Test]
    public async Task What_one_takes_back_and_another_says_stays()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [], None);
        ReceivedItem one = await ReceiveAsync("a");
        ReceivedItem two = await ReceiveAsync("b");
        IdentifierLink link = new(s_identifier, "p1", "verified");
        StoredInstance image = Make.Instance("1.1", "1.1.1", "1.1.1.1");
        await Store.Items.SaveAsync(Filed(one) with { Links = [link], Instances = [image] }, None);

        IReadOnlyList<FilingChange?> changes = await Store.Items.SaveAsync(
            [Make.Filing(one, 2), Filed(two) with { Links = [link], Instances = [image] }], None);

        Assert.That(changes.Select(change => change!.Forgotten.Count), Is.EqualTo([0, 0]));
        Assert.That(await Store.Instances.ReadStudyAsync(new StudyKey(new CaseNumber(1), "1.1"), None), Has.Count.EqualTo(1));
        Assert.That(await Store.Cases.FindPatientAsync(s_identifier, Tenant.Default, None), Is.Not.Null);
    }

    [Test]
    public async Task A_hundred_together_leave_what_each_by_itself_leaves()
    {
        List<HeldRecord> together = await SaveAsync(1, filings => Store.Items.SaveAsync(filings, None));
        List<HeldRecord> alone = await SaveAsync(2, async filings =>
        {
            foreach (Filing filing in filings)
            {
                Assert.That(await Store.Items.SaveAsync(filing, None), Is.Not.Null);
            }
        });

        Assert.That(together.Select(Said), Is.EqualTo(alone.Select(Said)));
        foreach (long number in (long[])[1, 2])
        {
            StudyKey study = new(new CaseNumber(number), "1.2");
            Assert.That(await Store.Instances.ReadStudyAsync(study, None), Has.Count.EqualTo(50));
            Assert.That(await Store.Outbox.IsWaitingAsync(OutboxTopic.Study, $"{number} 1.2", None), Is.True);
        }

        Assert.That(await Store.Outbox.CountAsync(None), Is.EqualTo(2));
        static object Said(HeldRecord record) => (record.State, record.Revision, record.Reason, record.Title, record.StudyInstanceUid);
    }

    // Half of them images that are filed, half of them letters that are held.
    private async Task<List<HeldRecord>> SaveAsync(long number, Func<IReadOnlyList<Filing>, Task> save)
    {
        List<Filing> filings = [];
        for (int i = 0; i < 100; i++)
        {
            ReceivedItem item = await ReceiveAsync($"{number}.{i}", number);
            filings.Add(i % 2 == 0
                ? Filed(item, number) with { Instances = [Make.Instance("1.2", "1.2.1", $"1.2.1.{number}.{i}", number)] }
                : Make.Filing(item, 1));
        }

        await save(filings);
        List<HeldRecord> records = [];
        foreach (Filing filing in filings)
        {
            records.AddRange(await Store.Items.FindRecordsAsync(filing.Item, AccessScope.All, None));
        }

        return records;
    }

    private async Task<int> RevisionAsync(ReceivedItem item) => (await Store.Items.FindAsync(item.Id, None))!.Revision;

    private static Filing Filed(ReceivedItem item, long number = 1, int revision = 1) =>
        Make.Filing(item, revision, Make.Record(item, RecordState.Filed, number, reason: "verified"));

    private async Task<ReceivedItem> ReceiveAsync(string content, long number = 0)
    {
        ReceivedItem item = Make.Item(content, number);
        await Store.Items.ReceiveAsync(item, None);
        return item;
    }
}
