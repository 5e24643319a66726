using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Retention;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What is due, legal holds, and the journal of both.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class RetentionTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly CaseNumber s_case = new(1);

    private Database _database = null!;

    private RetentionStore Retention => new(_database, Store.Time);

    [SetUp]
    public async Task CloseACaseAsync()
    {
        _database = Store.Connect();
        await Store.Cases.CreateAsync(Make.Case(1), [], None);
        Store.Time.Advance(TimeSpan.FromDays(100));
        CaseFile file = (await Store.Cases.FindAsync(s_case, AccessScope.All, None))!;
        await Store.Cases.UpdateAsync(file with { Status = CaseStatus.Declined }, [], None);
    }

    [TearDown]
    public async Task CloseDatabaseAsync() => await _database.DisposeAsync();

    [TestCase(9, 0)]
    [TestCase(11, 1)]
    public async Task A_case_is_due_when_it_has_been_in_its_last_state_for_longer_than_its_days(int days, int due)
    {
        Store.Time.Advance(TimeSpan.FromDays(days));

        Assert.That(await DueAsync(AccessScope.All), Has.Count.EqualTo(due));
        Assert.That(await DueAsync(AccessScope.Of(Tenant.Parse("other"))), Is.Empty);
    }

    [Test]
    public void Without_a_rule_nothing_has_a_limit() =>
        Assert.That(new RetentionRules { Purge = true }.Limits(Store.Time.GetUtcNow()), Is.Empty);

    [Test]
    public async Task A_hold_is_placed_once_shown_with_what_is_due_and_lifted_once()
    {
        Store.Time.Advance(TimeSpan.FromDays(11));
        CaseHold hold = new(s_case, "court order", "somebody", Store.Time.GetUtcNow());

        Assert.That(await Retention.HoldAsync(hold, None), Is.True);
        Assert.That(await Retention.HoldAsync(hold, None), Is.False);
        Assert.That((await DueAsync(AccessScope.All))[0].Hold, Is.EqualTo(hold));
        Assert.That(await Retention.ReleaseAsync(s_case, "ended", "somebody", None), Is.True);
        Assert.That(await Retention.ReleaseAsync(s_case, "ended", "somebody", None), Is.False);
        Assert.That((await DueAsync(AccessScope.All))[0].Hold, Is.Null);
        Assert.That(await Retention.HoldAsync(hold with { Case = new CaseNumber(9) }, None), Is.False);
    }

    [TestCase("UPDATE operation_event SET reason = 'another' WHERE seq = 2", 2)]
    [TestCase("DELETE FROM operation_event WHERE seq = 1", 1)]
    [TestCase("UPDATE operation_event SET actor = 'somebody' WHERE seq = 2", 0)]
    public async Task A_journal_that_somebody_changed_says_where(string change, int broken)
    {
        for (int time = 0; time < 2; time++)
        {
            await Retention.HoldAsync(new CaseHold(s_case, "court order", "somebody", Store.Time.GetUtcNow()), None);
            await Retention.ReleaseAsync(s_case, "ended", "somebody", None);
        }

        await _database.WriteAsync(session => session.ExecuteAsync(change), None);

        Assert.That((await Retention.VerifyJournalAsync(null, None)).Broken, Is.EqualTo(broken));
    }

    private Task<IReadOnlyList<DueCase>> DueAsync(AccessScope scope) => Retention.ListDueAsync(
        new RetentionRules { DaysDeclined = 10 }.Limits(Store.Time.GetUtcNow()), scope, None);
}
