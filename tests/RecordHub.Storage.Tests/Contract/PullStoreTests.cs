using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Requests;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What is remembered of sites that are asked at intervals.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class PullStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly StudyKey s_study = new(new CaseNumber(1), "1.2.3");

    [Test]
    public async Task How_a_site_was_asked_last_takes_the_place_of_the_time_before()
    {
        SitePull north = new("North", Store.Time.GetUtcNow(), 0, string.Empty);
        SitePull south = north with { Site = "South", Failures = 2, Trouble = "does not answer" };
        await Store.Pulls.SaveAsync(north with { Failures = 7 }, None);
        await Store.Pulls.SaveAsync(south, None);
        await Store.Pulls.SaveAsync(north, None);

        Assert.That(await Store.Pulls.ListAsync(None), Is.EqualTo(new[] { north, south }));
    }

    [Test]
    public async Task A_study_is_noted_for_each_case_and_site_by_itself()
    {
        StudyPullMark mark = new("12", 0, Store.Time.GetUtcNow());
        await Store.Cases.CreateAsync(Make.Case(1), [], None);

        await Store.Pulls.SaveStudyAsync("North", s_study, mark, None);

        Assert.That(await Store.Pulls.FindStudyAsync("North", s_study, None), Is.EqualTo(mark));
        Assert.That(await Store.Pulls.FindStudyAsync("South", s_study, None), Is.Null);
        Assert.That(await Store.Pulls.FindStudyAsync("North", s_study with { Case = new CaseNumber(2) }, None), Is.Null);
    }

    [Test]
    public async Task Nothing_is_noted_for_a_case_that_is_purged()
    {
        await Store.Cases.CreateAsync(Make.Case(1), [], None);
        CaseFile file = (await Store.Cases.FindAsync(s_study.Case, AccessScope.All, None))!;
        await Store.Cases.UpdateAsync(file with { Status = CaseStatus.Purged }, [], None);

        await Store.Pulls.SaveStudyAsync("North", s_study, new StudyPullMark("12", 0, default), None);

        Assert.That(await Store.Pulls.FindStudyAsync("North", s_study, None), Is.Null);
    }

    [Test]
    public async Task A_lease_that_is_handed_back_is_anothers_at_once()
    {
        TimeSpan minute = TimeSpan.FromMinutes(1);
        Assert.That(await Store.Leases.TryTakeAsync("pull North", "one", minute, None), Is.True);
        Assert.That(await Store.Leases.TryTakeAsync("pull North", "other", minute, None), Is.False);
        Assert.That(await Store.Leases.TryTakeAsync("pull North", "one", TimeSpan.Zero, None), Is.True);

        Assert.That(await Store.Leases.TryTakeAsync("pull North", "other", minute, None), Is.True);
    }
}
