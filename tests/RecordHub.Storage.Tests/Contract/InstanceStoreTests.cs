using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class InstanceStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    [Test]
    public async Task Instances_are_read_back_in_order_with_all_their_facts()
    {
        StoredInstance second = Make.Instance("1.1", "1.1.2", "1.1.2.1");
        StoredInstance first = Make.Instance("1.1", "1.1.1", "1.1.1.9");
        await SaveAsync(second, first, Make.Instance("1.2", "1.2.1", "1.2.1.1"));

        IReadOnlyList<StoredInstance> study =
            await Store.Instances.ReadStudyAsync(new StudyKey(new CaseNumber(1), "1.1"), None);

        Assert.That(study.Select(one => one.Facts.SopInstanceUid), Is.EqualTo(new[] { "1.1.1.9", "1.1.2.1" }));
        Assert.That(study[0].Facts.Metadata.ToArray(), Is.EqualTo(first.Facts.Metadata.ToArray()));
        Assert.That(
            study[0] with { Facts = study[0].Facts with { Metadata = first.Facts.Metadata } }, Is.EqualTo(first));
        Assert.That(
            await Store.Instances.CountByStudyAsync(new CaseNumber(1), None),
            Is.EquivalentTo(new Dictionary<string, int> { ["1.1"] = 2, ["1.2"] = 1 }));
    }

    [Test]
    public async Task Studies_are_counted_whole_whatever_instance_matched()
    {
        await SaveAsync(
            Make.Instance("1.1", "1.1.1", "1.1.1.2"),
            Make.Instance("1.1", "1.1.1", "1.1.1.1"),
            Make.Instance("1.1", "1.1.2", "1.1.2.1", with: facts => facts with { Modality = "SR" }));

        InstanceMatch match = (await QueryAsync(InstanceLevel.Study, ("ModalitiesInStudy", "SR"))).Single();

        Assert.That((match.NumberOfSeries, match.NumberOfInstances), Is.EqualTo((2, 3)));
        Assert.That(match.ModalitiesInStudy, Is.EqualTo(new[] { "CT", "SR" }));
        Assert.That(match.Sample.Facts.SopInstanceUid, Is.EqualTo("1.1.1.1"));
        Assert.That(await QueryAsync(InstanceLevel.Series, ("ModalitiesInStudy", "SR")), Has.Count.EqualTo(2));
        Assert.That(await QueryAsync(InstanceLevel.Series, ("Modality", "SR")), Has.Count.EqualTo(1));
        Assert.That(await QueryAsync(InstanceLevel.Instance), Has.Count.EqualTo(3));
    }

    [TestCase("PatientName", "muster^anne", true)]
    [TestCase("PatientName", "MUSTER*", true)]
    [TestCase("PatientName", "*nne", true)]
    [TestCase("PatientName", "山田*", true)]
    [TestCase("PatientName", "山田^太郎", true)]
    [TestCase("PatientName", "Muster^Änne=山田*", true)]
    [TestCase("PatientName", "Muster^Änne=山口*", false)]
    [TestCase("PatientName", "=山田*", true)]
    [TestCase("PatientName", "=", true)]
    [TestCase("PatientName", "太郎*", false)]
    [TestCase("PatientName", "mustes*", false)]
    [TestCase("PatientName", "Must", false)]
    [TestCase("PatientName", "Muster^?nne", true)]
    [TestCase("PatientID", "N?", true)]
    [TestCase("PatientID", "n1", false)]
    [TestCase("PatientID", "", true)]
    [TestCase("PatientID", "*", true)]
    [TestCase("AccessionNumber", "A[1]", true)]
    [TestCase("AccessionNumber", "A[*", true)]
    [TestCase("AccessionNumber", "*[2]", false)]
    [TestCase("StudyDate", "20260420", true)]
    [TestCase("StudyDate", "20260401-20260430", true)]
    [TestCase("StudyDate", "-20260419", false)]
    [TestCase("StudyDate", "20260421-", false)]
    [TestCase("StudyTime", "10", true)]
    [TestCase("StudyTime", "1000-1014", false)]
    [TestCase("StudyTime", "1000-1015", true)]
    [TestCase("StudyDescription", "*thorax*", true)]
    [TestCase("StudyInstanceUID", "9.9\\1.1", true)]
    [TestCase("StudyInstanceUID", "9.9,1.1", true)]
    [TestCase("StudyInstanceUID", "9.9", false)]
    [TestCase("SeriesNumber", "3", true)]
    [TestCase("SeriesNumber", "x", false)]
    [TestCase("InstitutionName", "x", false)]
    [TestCase("PatientName", "' OR 1=1 --", false)]
    public async Task Keys_match_as_the_standard_says(string keyword, string value, bool matches)
    {
        await SaveAsync(Make.Instance("1.1", "1.1.1", "1.1.1.1"));

        Assert.That(await QueryAsync(InstanceLevel.Study, (keyword, value)), Has.Count.EqualTo(matches ? 1 : 0));
    }

    [TestCase("anne muster", true)]
    [TestCase("MÜST", true)]
    [TestCase("must", true)]
    [TestCase("ann*", true)]
    [TestCase("uster", false)]
    public async Task Fuzzy_names_match_by_word(string value, bool matches)
    {
        await SaveAsync(Make.Instance("1.1", "1.1.1", "1.1.1.1"));
        InstanceQuery query = new()
        {
            Level = InstanceLevel.Study,
            Scope = AccessScope.All,
            Limit = 10,
            FuzzyMatching = true,
            Matches = [new("PatientName", value)],
        };

        Assert.That(await Store.Instances.QueryAsync(query, None), Has.Count.EqualTo(matches ? 1 : 0));
    }

    [Test]
    public void A_key_that_instances_do_not_have_is_misuse() =>
        Assert.ThrowsAsync<ArgumentException>(() => QueryAsync(InstanceLevel.Study, ("PixelData", "1")));

    [Test]
    public async Task A_page_has_one_more_so_that_the_caller_sees_the_end()
    {
        await SaveAsync([.. Enumerable.Range(1, 5).Select(n => Make.Instance($"1.{n}", $"1.{n}.1", $"1.{n}.1.1"))]);
        InstanceQuery query = new() { Level = InstanceLevel.Study, Scope = AccessScope.All, Limit = 2, Offset = 1 };

        IReadOnlyList<InstanceMatch> page = await Store.Instances.QueryAsync(query, None);

        Assert.That(page.Select(match => match.Sample.Facts.StudyInstanceUid), Is.EqualTo(new[] { "1.2", "1.3", "1.4" }));
    }

    [Test]
    public async Task Only_what_is_in_scope_is_found_and_retrieved()
    {
        await SaveAsync(Make.Instance("1.1", "1.1.1", "1.1.1.1"), Make.Instance("1.1", "1.1.1", "1.1.1.2", number: 2));
        AccessScope two = AccessScope.All.Within(new CaseNumber(2));

        List<StoredInstance> retrieved = [];
        await foreach (StoredInstance instance in Store.Instances.RetrieveAsync("1.1", null, null, two, None))
        {
            retrieved.Add(instance);
        }

        Assert.That(retrieved.Select(one => one.Facts.SopInstanceUid), Is.EqualTo(new[] { "1.1.1.2" }));
        InstanceQuery query = new() { Level = InstanceLevel.Instance, Scope = two, Limit = 10 };
        Assert.That(await Store.Instances.QueryAsync(query, None), Has.Count.EqualTo(1));
        Assert.That(
            await Store.Instances.QueryAsync(query with { Scope = AccessScope.None }, None), Is.Empty);
    }

    [Test]
    public async Task A_long_series_is_retrieved_whole_and_in_order()
    {
        string[] uids = [.. Enumerable.Range(1000, 300).Select(n => $"1.1.1.{n}")];
        await SaveAsync([.. uids.Reverse().Select(uid => Make.Instance("1.1", "1.1.1", uid))]);

        List<string> retrieved = [];
        await foreach (StoredInstance instance in
            Store.Instances.RetrieveAsync("1.1", "1.1.1", null, AccessScope.All, None))
        {
            retrieved.Add(instance.Facts.SopInstanceUid);
        }

        Assert.That(retrieved, Is.EqualTo(uids));
    }

    [Test]
    public async Task A_rebuilt_study_is_saved_and_goes_when_it_has_no_instance_left()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        string id = ImagingStudyBuilder.StudyId(study);
        string provenance = StudyProvenance.IdOf(study);
        StoredResource endpoint = Make.Resource("Endpoint", "e");
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = [Make.Instance("1.1", "1.1.1", "1.1.1.1")] }, None);
        await Store.Instances.SaveStudyAsync(
            study,
            new RebuiltStudy(Make.Resource("ImagingStudy", id), Make.Resource("Provenance", provenance), endpoint), 1, None);
        Assert.That((await Store.Resources.ReadAsync("ImagingStudy", id, AccessScope.All, None))!.Deleted, Is.False);

        await Store.Items.SaveAsync(Make.Filing(item, 2), None);
        await Store.Instances.SaveStudyAsync(study, new RebuiltStudy(null, null, endpoint), 1, None);

        Assert.That((await Store.Resources.ReadAsync("ImagingStudy", id, AccessScope.All, None))!.Deleted, Is.True);
        Assert.That((await Store.Resources.ReadAsync("Provenance", provenance, AccessScope.All, None))!.Deleted, Is.True);
        Assert.That((await Store.Resources.ReadAsync("Endpoint", "e", AccessScope.All, None))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Deliveries_of_a_study_are_told_apart_by_door_site_and_sender()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        DateTimeOffset start = Store.Time.GetUtcNow();
        await DeliverAsync("a", Door.CStore, "North", "NORTH_CT", start, Make.Instance("1.1", "1.1.1", "1.1.1.1"));
        await DeliverAsync("b", Door.CStore, "North", "NORTH_CT", start.AddSeconds(2), Make.Instance("1.1", "1.1.2", "1.1.2.1"));
        await DeliverAsync("c", Door.Import, null, null, start.AddSeconds(1), Make.Instance("1.1", "1.1.1", "1.1.1.2"));
        await DeliverAsync("d", Door.Import, null, null, start, Make.Instance("1.11", "1.11.1", "1.11.1.1"));

        IReadOnlyList<StudyDelivery> deliveries = await Store.Instances.ReadDeliveriesAsync(study, None);

        Assert.That(deliveries.OrderBy(one => one.Door), Is.EqualTo(
        [
            new StudyDelivery
            {
                Door = Door.CStore,
                Site = "North",
                Sender = "NORTH_CT",
                First = start,
                Last = start.AddSeconds(2),
                Instances = 2,
            },
            new StudyDelivery { Door = Door.Import, First = start.AddSeconds(1), Last = start.AddSeconds(1), Instances = 1 },
        ]));
    }

    private async Task DeliverAsync(
        string content, Door door, string? site, string? sender, DateTimeOffset at, StoredInstance instance)
    {
        ReceivedItem made = Make.Item(content);
        ReceivedItem item = made with
        {
            ReceivedAt = at,
            Source = made.Source with { Door = door, Site = site, Sender = sender },
        };
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = [instance] }, None);
    }

    private Task<IReadOnlyList<InstanceMatch>> QueryAsync(
        InstanceLevel level, params (string Keyword, string Value)[] matches) => Store.Instances.QueryAsync(
        new InstanceQuery
        {
            Level = level,
            Scope = AccessScope.All,
            Limit = 100,
            Matches = [.. matches.Select(match => new KeyValuePair<string, string>(match.Keyword, match.Value))],
        },
        None);

    private async Task SaveAsync(params StoredInstance[] instances)
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = instances }, None);
    }
}
