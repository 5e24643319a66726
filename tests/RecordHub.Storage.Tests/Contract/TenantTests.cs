using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Case 1 is the default tenant's, case 2 north's; both have the same of everything.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class TenantTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly Tenant s_north = Tenant.Parse("north");
    private static readonly AccessScope s_own = AccessScope.Of(s_north);
    private static readonly PatientIdentifier s_identifier = new("urn:issuer", "1");

    [Test]
    public async Task The_same_identifier_is_another_person_in_another_tenant()
    {
        await OpenCasesAsync();

        Assert.That((await Store.Cases.FindPatientAsync(s_identifier, Tenant.Default, None))!.Id, Is.EqualTo("p1"));
        Assert.That((await Store.Cases.FindPatientAsync(s_identifier, s_north, None))!.Id, Is.EqualTo("p2"));
        Assert.That(
            (await Store.Cases.FindByIdentifiersAsync([s_identifier], s_north, None)).Single().Number.Value, Is.EqualTo(2));
        Assert.That(
            await Store.Cases.FindByIdentifiersAsync([s_identifier], Tenant.Parse("south"), None), Is.Empty);
    }

    [Test]
    public async Task A_link_is_learnt_for_its_patients_tenant_alone()
    {
        await OpenCasesAsync();
        PatientIdentifier learnt = new("urn:issuer", "2");
        ReceivedItem item = Item("letter", s_north);
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1) with { Links = [new IdentifierLink(learnt, "p2", "verified")] }, None);

        Assert.That((await Store.Cases.FindPatientAsync(learnt, s_north, None))!.Id, Is.EqualTo("p2"));
        Assert.That(await Store.Cases.FindPatientAsync(learnt, Tenant.Default, None), Is.Null);
    }

    [Test]
    public async Task Cases_are_found_and_listed_within_the_tenant()
    {
        await OpenCasesAsync();

        Assert.That(await Store.Cases.FindAsync(new CaseNumber(1), s_own, None), Is.Null);
        CaseFile file = (await Store.Cases.FindAsync(new CaseNumber(2), s_own, None))!;
        Assert.That(file.Tenant, Is.EqualTo(s_north));
        Assert.That((await Store.Cases.ListAsync(default, 10, s_own, None)).Single().Number.Value, Is.EqualTo(2));
        Assert.That(await Store.Cases.ListAsync(default, 10, AccessScope.All, None), Has.Count.EqualTo(2));
        Assert.That(await Store.Cases.FindAsync(new CaseNumber(2), s_own.Within(new CaseNumber(1)), None), Is.Null);
    }

    [Test]
    public async Task The_same_content_for_two_tenants_is_two_items()
    {
        ReceivedItem first = Item("letter", Tenant.Default);
        ReceivedItem second = Item("letter", s_north);

        Assert.That(await Store.Items.ReceiveAsync(first, None), Is.TypeOf<Receipt.New>());
        Assert.That(await Store.Items.HoldsAsync(second.Blob, s_north, None), Is.False);
        Assert.That(await Store.Items.ReceiveAsync(second, None), Is.TypeOf<Receipt.New>());
        Assert.That(await Store.Items.HoldsAsync(second.Blob, s_north, None), Is.True);
        Assert.That(
            ((Receipt.Known)await Store.Items.ReceiveAsync(Item("letter", s_north), None)).Item, Is.EqualTo(second.Id));
        Assert.That((await Store.Items.FindAsync(second.Id, None))!.Received.Source.Tenant, Is.EqualTo(s_north));
    }

    [Test]
    public async Task A_conflict_is_raised_within_a_tenant_alone()
    {
        await Store.Items.ReceiveAsync(Item("one", Tenant.Default, sop: "1.2"), None);
        ReceivedItem other = Item("two", s_north, sop: "1.2");

        Assert.That(await Store.Items.ReceiveAsync(other, None), Is.TypeOf<Receipt.New>());
        Assert.That(
            ((Receipt.NewInConflict)await Store.Items.ReceiveAsync(Item("three", s_north, sop: "1.2"), None)).Earlier,
            Is.EqualTo(other.Id));
    }

    [Test]
    public async Task Held_records_are_found_and_listed_within_the_tenant()
    {
        ReceivedItem theirs = Item("theirs", Tenant.Default);
        ReceivedItem ours = Item("ours", s_north);
        foreach (ReceivedItem item in new[] { theirs, ours })
        {
            await Store.Items.ReceiveAsync(item, None);
            await Store.Items.SaveAsync(Make.Filing(item, 1), None);
        }

        Assert.That(await Store.Items.FindRecordsAsync(theirs.Id, s_own, None), Is.Empty);
        Assert.That(await Store.Items.FindRecordsAsync(ours.Id, s_own, None), Has.Count.EqualTo(1));
        Assert.That(
            (await Store.Items.ListRecordsAsync(RecordState.Held, s_own, null, 10, None)).Single().Item.Id,
            Is.EqualTo(ours.Id));
    }

    [Test]
    public async Task What_is_in_cases_is_read_searched_and_retrieved_within_the_tenant()
    {
        await OpenCasesAsync();
        foreach (long number in new[] { 1, 2 })
        {
            await FileAsync(number, number == 1 ? Tenant.Default : s_north);
        }

        Assert.That(await Store.Resources.ReadAsync("Observation", "o1", s_own, None), Is.Null);
        Assert.That(await Store.Resources.ReadAsync("Patient", "p1", s_own, None), Is.Null);
        Assert.That(await Store.Resources.HistoryAsync("Observation", "o1", s_own, None), Is.Empty);
        Assert.That(await Store.Resources.FindBinaryAsync("b1", s_own, None), Is.Null);
        Assert.That(await Store.Packages.FindAsync(new CaseNumber(1), null, s_own, None), Is.Null);
        Assert.That(await Store.Packages.ListAsync(new CaseNumber(1), s_own, None), Is.Empty);
        ResourcePage page = await Store.Resources.SearchAsync(
            new ResourceQuery { Types = [], Scope = s_own, Count = 10 }, None);
        Assert.That(page.Matches.Select(match => match.Id), Is.EquivalentTo(new[] { "p2", "o2" }));
        IReadOnlyList<InstanceMatch> studies = await Store.Instances.QueryAsync(
            new InstanceQuery { Level = InstanceLevel.Study, Scope = s_own, Limit = 10 }, None);
        Assert.That(studies.Select(match => match.Sample.Case.Value), Is.EqualTo(new[] { 2 }));
        List<long> cases = [];
        await foreach (StoredInstance instance in Store.Instances.RetrieveAsync("1.1", null, null, s_own, None))
        {
            cases.Add(instance.Case.Value);
        }

        Assert.That(cases, Is.EqualTo(new[] { 2 }));
        Assert.That(await Store.Resources.ReadAsync("Observation", "o2", s_own, None), Is.Not.Null);
        Assert.That(await Store.Resources.FindBinaryAsync("b2", s_own, None), Is.Not.Null);
        Assert.That(await Store.Packages.FindAsync(new CaseNumber(2), null, s_own, None), Is.Not.Null);
    }

    private static ReceivedItem Item(string content, Tenant tenant, string? sop = null)
    {
        ReceivedItem item = Make.Item(content, sop: sop);
        return item with { Source = item.Source with { Tenant = tenant } };
    }

    private async Task OpenCasesAsync()
    {
        CaseFile first = Make.Case(1, "p1", s_identifier);
        CaseFile second = Make.Case(2, "p2", s_identifier) with { Tenant = s_north };
        Assert.That(await Store.Cases.CreateAsync(first, [CaseResources.Patient(first.Patient)], None), Is.True);
        Assert.That(await Store.Cases.CreateAsync(second, [CaseResources.Patient(second.Patient)], None), Is.True);
    }

    private async Task FileAsync(long number, Tenant tenant)
    {
        ReceivedItem item = Item("the same", tenant);
        await Store.Items.ReceiveAsync(item, None);
        Filing filing = Make.Filing(item, 1, Make.Record(item, RecordState.Filed, number)) with
        {
            Resources = [Make.Resource("Observation", $"o{number}", number, $"p{number}")],
            Binaries = [Make.Binary($"b{number}", number)],
            Instances = [Make.Instance("1.1", "1.1.1", "1.1.1.1", number)],
        };
        Assert.That(await Store.Items.SaveAsync(filing, None), Is.Not.Null);
        PackageVersion version = new()
        {
            Case = new CaseNumber(number),
            Version = 1,
            Digest = Make.Hash("the same"),
            Length = 1,
            CreatedAt = Store.Time.GetUtcNow(),
            CreatedBy = "ann",
            Entries = [],
        };
        Assert.That(await Store.Packages.SaveAsync(version, [], None), Is.True);
    }
}
