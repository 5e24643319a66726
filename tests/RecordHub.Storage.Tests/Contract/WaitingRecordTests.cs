using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Opening a case asks for the records that are in none and could be its patient's: they may have come before it.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class WaitingRecordTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly PatientIdentifier s_number = new("urn:north", "1");

    private int _items;

    [Test]
    public async Task Those_that_carry_its_number_are_due_at_once()
    {
        ReceivedItem[] held = [await HeldAsync(), await HeldAsync()];
        await HeldAsync(claim => claim with { Identifiers = [new PatientIdentifier("urn:south", "1")], Names = [] });

        await Store.Cases.CreateAsync(Make.Case(1, "p1", s_number), [], None);

        Assert.That(await DueAsync(), Is.EquivalentTo(held.Select(item => item.Id)));
    }

    [Test]
    public async Task Those_of_its_birth_date_are_due_at_once()
    {
        ReceivedItem same = await HeldAsync(claim => claim with { BirthDate = new PartialDate(1961, 2, 3) });
        ReceivedItem exchanged = await HeldAsync(claim => claim with { BirthDate = new PartialDate(1961, 3, 2) });
        await HeldAsync(claim => claim with { BirthDate = new PartialDate(1962, 2, 3), Names = [] });

        await Store.Cases.CreateAsync(Make.Case(1), [], None);

        Assert.That(await DueAsync(), Is.EquivalentTo([same.Id, exchanged.Id]));
    }

    [Test]
    public async Task So_are_those_of_whom_its_patient_may_be_one_by_name()
    {
        ReceivedItem anotherYear = await HeldAsync(claim => claim with { BirthDate = new PartialDate(1962, 2, 3) });
        ReceivedItem noBirthDate = await HeldAsync(claim => claim with { BirthDate = null });
        ReceivedItem exchanged = await HeldAsync(claim => claim with { Names = [new PersonName("Änne", "Muster")], BirthDate = new PartialDate(1961) });
        await HeldAsync(claim => claim with { Names = [new PersonName("Muster", "Otto")], BirthDate = new PartialDate(1932, 8, 4) });

        await Store.Cases.CreateAsync(Make.Case(1), [], None);

        Assert.That(await DueAsync(), Is.EquivalentTo([anotherYear.Id, noBirthDate.Id, exchanged.Id]));
    }

    [Test]
    public async Task Those_that_have_a_case_or_were_turned_down_are_left()
    {
        await Store.Cases.CreateAsync(Make.Case(1), [], None);
        await SavedAsync(RecordState.Filed, 1);
        await SavedAsync(RecordState.Rejected, 0);

        await Store.Cases.CreateAsync(Make.Case(2, "p2", s_number), [], None);

        Assert.That(await DueAsync(), Is.Empty);
    }

    [Test]
    public async Task So_are_those_of_others()
    {
        await HeldAsync();

        await Store.Cases.CreateAsync(Make.Case(1, "p1", s_number) with { Tenant = Tenant.Parse("other") }, [], None);

        Assert.That(await DueAsync(), Is.Empty);
    }

    [Test]
    public async Task Reopening_a_case_asks_for_what_came_meanwhile_and_no_other_step_of_it_does()
    {
        CaseFile open = Make.Case(1, "p1", s_number);
        await Store.Cases.CreateAsync(open, [], None);
        await Store.Cases.CreateAsync(Make.Case(2, "p2"), [], None);
        ReceivedItem own = await HeldAsync();
        ReceivedItem named = await TooLateAsync(1);
        await TooLateAsync(2);
        Assert.That(await DueAsync(), Is.EquivalentTo(Array.Empty<ItemId>()), "they are held");

        await MoveAsync(CaseStatus.Delivered);
        await MoveAsync(CaseStatus.Acknowledged);
        Assert.That(await DueAsync(), Is.Empty, "it is closed");
        await MoveAsync(CaseStatus.Compiling);

        Assert.That(await DueAsync(), Is.EquivalentTo([own.Id, named.Id]));

        async Task MoveAsync(string status)
        {
            CaseFile now = (await Store.Cases.FindAsync(open.Number, AccessScope.All, None))!;
            Assert.That(await Store.Retention.MoveAsync(now with { Status = status }, "somebody", "by mistake", None), Is.True);
        }
    }

    private async Task<ReceivedItem> TooLateAsync(long number)
    {
        ReceivedItem item = Make.Item($"letter {++_items}", number);
        await Store.Items.ReceiveAsync(item, None);
        HeldRecord record = Make.Record(item, RecordState.Held, reason: Assignment.ClosedReason);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1, record with { Claim = record.Claim with { Identifiers = [], Names = [] } }), None);
        return item;
    }

    private Task<ReceivedItem> HeldAsync(Func<PatientClaim, PatientClaim>? with = null) =>
        SavedAsync(RecordState.Held, 0, with);

    private async Task<ReceivedItem> SavedAsync(
        RecordState state, long number, Func<PatientClaim, PatientClaim>? with = null)
    {
        ReceivedItem item = Make.Item($"letter {++_items}");
        await Store.Items.ReceiveAsync(item, None);
        HeldRecord record = Make.Record(item, state, number);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1, with is null ? record : record with { Claim = with(record.Claim) }), None);
        return item;
    }

    private async Task<IReadOnlyList<ItemId>> DueAsync() =>
    [
        .. (await Store.Outbox.TakeAsync(10, "us", TimeSpan.FromMinutes(1), None))
            .Where(entry => entry.Topic == OutboxTopic.Item).Select(entry => ItemId.Parse(entry.Key)),
    ];
}
