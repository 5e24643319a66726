using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>
/// What a filing has learnt, or unlearnt, of an identifier reaches the other items that carry it, even when the process dies
/// right after the commit.
/// </summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class OwedLooksTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly PatientIdentifier s_number = new("urn:north", "1");
    private static readonly IdentifierLink s_link = new(s_number, "p1", "certain match");

    private int _items;

    [SetUp]
    public Task OpenCaseAsync() => Store.Cases.CreateAsync(Make.Case(1), [], None);

    [Test]
    public async Task A_held_item_is_due_again_when_its_identifier_was_learnt_and_nobody_looked()
    {
        ReceivedItem held = await ReceiveAsync();
        ReceivedItem filed = await ReceiveAsync();
        ReceivedItem teacher = await ReceiveAsync();
        await SaveAsync(Make.Filing(held, 1));
        await SaveAsync(Filed(filed, 1));

        await SaveAsync(Filed(teacher, 1) with { Links = [s_link] });
        IReadOnlyList<ItemId> atOnce = await DueAsync();
        Later();

        Assert.That(atOnce, Is.Empty);
        Assert.That(await DueAsync(), Is.EqualTo([held.Id]));
    }

    [Test]
    public async Task Whoever_looked_at_once_leaves_nothing_to_be_done()
    {
        ReceivedItem held = await ReceiveAsync();
        ReceivedItem teacher = await ReceiveAsync();
        await SaveAsync(Make.Filing(held, 1));
        await SaveAsync(Filed(teacher, 1) with { Links = [s_link] });

        await SaveAsync(Filed(held, 2) with { Links = [s_link] });
        Later();

        Assert.That(await DueAsync(), Is.Empty);
    }

    [Test]
    public async Task Filed_items_are_due_too_when_nothing_speaks_for_the_identifier_any_more()
    {
        ReceivedItem filed = await ReceiveAsync();
        ReceivedItem teacher = await ReceiveAsync();
        await SaveAsync(Filed(filed, 1));
        await SaveAsync(Filed(teacher, 1) with { Links = [s_link] });

        await SaveAsync(Make.Filing(teacher, 2, Make.Record(teacher, RecordState.Rejected)));
        Later();

        Assert.That(await DueAsync(), Is.EqualTo([filed.Id]));
    }

    [Test]
    public async Task So_are_they_when_a_statement_joins_the_identifier_with_another()
    {
        ReceivedItem filed = await ReceiveAsync();
        ReceivedItem statement = await ReceiveAsync();
        await SaveAsync(Filed(filed, 1));

        await SaveAsync(Make.Filing(statement, 1, Make.Record(statement, RecordState.Rejected)) with { Rejoined = [s_number] });
        Later();

        Assert.That(await DueAsync(), Is.EqualTo([filed.Id]));
    }

    [Test]
    public async Task Who_was_decided_on_in_the_same_commit_is_due_as_well()
    {
        ReceivedItem held = await ReceiveAsync();
        ReceivedItem teacher = await ReceiveAsync();

        await Store.Items.SaveAsync([Make.Filing(held, 1), Filed(teacher, 1) with { Links = [s_link] }], None);
        Later();

        Assert.That(await DueAsync(), Is.EqualTo([held.Id]));
    }

    [Test]
    public async Task A_last_look_asks_for_none()
    {
        ReceivedItem held = await ReceiveAsync();
        ReceivedItem teacher = await ReceiveAsync();
        await SaveAsync(Make.Filing(held, 1));

        await SaveAsync(Filed(teacher, 1) with { Links = [s_link], OwesLooks = false });
        Later();

        Assert.That(await DueAsync(), Is.Empty);
    }

    [TestCase(RecordState.Held, 0, 1)]
    [TestCase(RecordState.Filed, 2, 1)]
    [TestCase(RecordState.Filed, 1, 0)]
    public async Task What_names_nobody_is_due_at_once_when_images_of_its_study_are_not_in_its_case(RecordState state, long number, int due)
    {
        ReceivedItem nameless = await ReceiveAsync();
        ReceivedItem named = await ReceiveAsync();
        await SaveAsync(Make.Filing(nameless, 1, Make.Record(nameless, RecordState.Filed, 1, reason: Assignment.NamesNobodyReason) with
        {
            Claim = PatientClaim.Nobody,
        }));

        await SaveAsync(Make.Filing(named, 1, Make.Record(named, state, number)));

        Assert.That(await DueAsync(), Is.EqualTo(Enumerable.Repeat(nameless.Id, due)));
        Assert.That(
            await Store.Items.AnyOfStudyElsewhereAsync("1.2.3", new CaseNumber(1), Tenant.Default, None), Is.EqualTo(due == 1));
        Assert.That(await Store.Items.AnyOfStudyElsewhereAsync("1.2.3", new CaseNumber(1), Tenant.Parse("other"), None), Is.False);
        Assert.That(await Store.Items.AnyOfStudyElsewhereAsync("1.2.4", new CaseNumber(1), Tenant.Default, None), Is.False);
    }

    [Test]
    public async Task What_names_nobody_and_waits_is_due_at_once_when_images_of_its_study_came_into_the_case_that_it_was_sent_for()
    {
        ReceivedItem nameless = Make.Item("nameless", number: 1);
        await Store.Items.ReceiveAsync(nameless, None);
        ReceivedItem named = await ReceiveAsync();
        await SaveAsync(Make.Filing(nameless, 1, Make.Record(nameless, RecordState.Held, reason: Assignment.AmongOthersReason) with
        {
            Claim = PatientClaim.Nobody,
        }));

        await SaveAsync(Filed(named, 1));

        Assert.That(await DueAsync(), Is.EqualTo([nameless.Id]));
    }

    private static Filing Filed(ReceivedItem item, int revision) =>
        Make.Filing(item, revision, Make.Record(item, RecordState.Filed, 1));

    private async Task<ReceivedItem> ReceiveAsync()
    {
        ReceivedItem item = Make.Item($"letter {++_items}");
        await Store.Items.ReceiveAsync(item, None);
        return item;
    }

    private async Task SaveAsync(Filing filing) => Assert.That(await Store.Items.SaveAsync(filing, None), Is.Not.Null);

    private void Later() => Store.Time.Advance(TimeSpan.FromMilliseconds(OwedLooks.Delay));

    private async Task<IReadOnlyList<ItemId>> DueAsync() =>
    [
        .. (await Store.Outbox.TakeAsync(10, "us", TimeSpan.FromMinutes(1), None))
            .Where(entry => entry.Topic == OutboxTopic.Item).Select(entry => ItemId.Parse(entry.Key)),
    ];
}
