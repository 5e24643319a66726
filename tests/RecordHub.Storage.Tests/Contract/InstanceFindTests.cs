using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class InstanceFindTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static InstanceQuery Find { get; } = new()
    {
        Level = InstanceLevel.Study,
        Scope = AccessScope.All,
        Limit = 100,
        AcrossCases = true,
    };

    [Test]
    public async Task What_is_in_two_cases_is_one_match_and_counted_once()
    {
        await SaveAsync("North",
            Make.Instance("1.1", "1.1.1", "1.1.1.1"), Make.Instance("1.1", "1.1.1", "1.1.1.1", number: 2),
            Make.Instance("1.1", "1.1.2", "1.1.2.1", number: 2, with: facts => facts with { Modality = "SR" }));

        InstanceMatch study = (await Store.Instances.QueryAsync(Find, None)).Single();
        Assert.That((study.NumberOfStudies, study.NumberOfSeries, study.NumberOfInstances), Is.EqualTo((1, 2, 2)));
        Assert.That(study.ModalitiesInStudy, Is.EqualTo(new[] { "CT", "SR" }));
        Assert.That(await AtAsync(InstanceLevel.Series), Has.Count.EqualTo(2));
        Assert.That(await AtAsync(InstanceLevel.Instance), Has.Count.EqualTo(2));
        Assert.That(await Store.Instances.LocateAsync(Find, None), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_patient_has_his_studies_series_and_instances_and_one_without_an_id_is_none()
    {
        await SaveAsync("North",
            Make.Instance("1.1", "1.1.1", "1.1.1.1"), Make.Instance("1.2", "1.2.1", "1.2.1.1"),
            Make.Instance("1.3", "1.3.1", "1.3.1.1", with: facts => facts with { PatientId = null }),
            Make.Instance("1.4", "1.4.1", "1.4.1.1") with { PatientId = "p2" });

        IReadOnlyList<InstanceMatch> patients = await AtAsync(InstanceLevel.Patient);

        Assert.That(patients.Select(one => (one.NumberOfStudies, one.NumberOfInstances)), Is.EqualTo(new[] { (2, 2), (1, 1) }),
            "the same identifier, but another person");
    }

    [Test]
    public async Task A_site_finds_counts_and_locates_its_own_alone()
    {
        await SaveAsync("North", Make.Instance("1.1", "1.1.1", "1.1.1.1"), Make.Instance("1.2", "1.2.1", "1.2.1.1"));
        await SaveAsync("South", Make.Instance("1.1", "1.1.1", "1.1.1.2"), Make.Instance("1.3", "1.3.1", "1.3.1.1"));
        await SaveAsync(null, Make.Instance("1.4", "1.4.1", "1.4.1.1"));
        InstanceQuery own = Find with { Site = "North" };

        IReadOnlyList<InstanceMatch> studies = await Store.Instances.QueryAsync(own, None);

        Assert.That(studies.Select(one => (one.Sample.Facts.StudyInstanceUid, one.NumberOfInstances)),
            Is.EqualTo(new[] { ("1.1", 1), ("1.2", 1) }));
        Assert.That((await Store.Instances.LocateAsync(own, None)).Select(one => one.SopInstanceUid),
            Is.EqualTo(new[] { "1.1.1.1", "1.2.1.1" }));
        Assert.That(await Store.Instances.QueryAsync(own with { Matches = [new("StudyInstanceUID", "1.3")] }, None), Is.Empty);
        Assert.That(await Store.Instances.QueryAsync(own with { Matches = [new("ModalitiesInStudy", "CT")] }, None), Has.Count.EqualTo(2));
        Assert.That(await Store.Instances.QueryAsync(own with { Site = "north" }, None), Is.Empty);
        Assert.That(await Store.Instances.QueryAsync(own with { Scope = AccessScope.All.Within(new CaseNumber(2)) }, None), Is.Empty);
    }

    [TestCase("20260420-20260421", "1000-1014", true)]
    [TestCase("20260420-20260421", "1000-1100", true)]
    [TestCase("20260419-20260421", "1100-0900", true)]
    [TestCase("20260420-20260421", "1100-0900", false)]
    [TestCase("20260420-", "1015-", true)]
    [TestCase("-20260420", "-1014", false)]
    [TestCase("20260420", "101500", true)]
    [TestCase("20260420", "", true)]
    [TestCase("*", "101500", true)]
    [TestCase("20260421", "101500", false)]
    public async Task A_date_and_its_time_are_one_moment_when_that_was_agreed(string dates, string times, bool matches)
    {
        await SaveAsync("North", Make.Instance("1.1", "1.1.1", "1.1.1.1"));
        InstanceQuery query = Find with
        {
            CombinesDateAndTime = true,
            Matches = [new("StudyDate", dates), new("StudyTime", times)],
        };

        Assert.That(await Store.Instances.QueryAsync(query, None), Has.Count.EqualTo(matches ? 1 : 0));
    }

    [Test]
    public async Task A_list_of_ten_thousand_instances_is_located()
    {
        await SaveAsync("North", Make.Instance("1.1", "1.1.1", "1.1.1.1"), Make.Instance("1.1", "1.1.1", "1.1.1.2"));
        string list = string.Join('\\', Enumerable.Range(1, 10_000).Select(i => $"1.1.1.{i}"));

        Assert.That(await Store.Instances.LocateAsync(Find with { Matches = [new("SOPInstanceUID", list)] }, None),
            Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_comma_is_part_of_an_identifier()
    {
        await SaveAsync("North", Make.Instance("1.1", "1.1.1", "1.1.1.1", with: facts => facts with { PatientId = "A,B" }));

        Assert.That(await Store.Instances.QueryAsync(Find with { Matches = [new("PatientID", "A,B")] }, None), Has.Count.EqualTo(1));
        Assert.That(await Store.Instances.QueryAsync(Find with { Matches = [new("PatientID", "A")] }, None), Is.Empty);
    }

    private Task<IReadOnlyList<InstanceMatch>> AtAsync(InstanceLevel level) =>
        Store.Instances.QueryAsync(Find with { Level = level }, None);

    private async Task SaveAsync(string? site, params StoredInstance[] instances)
    {
        ReceivedItem item = Make.Item(site ?? "nobody");
        item = item with { Source = item.Source with { Site = site } };
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = instances }, None);
    }
}
