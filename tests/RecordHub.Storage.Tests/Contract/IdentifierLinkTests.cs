using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What a filing teaches of identifiers, and what goes again with it.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class IdentifierLinkTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    [Test]
    public async Task A_link_that_another_patient_has_meanwhile_stops_the_filing()
    {
        PatientIdentifier identifier = new("urn:north", "77");
        await Store.Cases.CreateAsync(Make.Case(1, "p1", identifier), [], None);
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);

        Filing filing = Make.Filing(item, 1) with { Links = [new IdentifierLink(identifier, "p2", "verified")] };

        Assert.That(await Store.Items.SaveAsync(filing, None), Is.Null);
        Assert.That((await Store.Cases.FindPatientAsync(identifier, Tenant.Default, None))!.Id, Is.EqualTo("p1"));
    }

    [Test]
    public async Task A_link_stands_as_long_as_one_item_speaks_for_it_or_the_case_names_it()
    {
        PatientIdentifier entered = new("urn:north", "77");
        PatientIdentifier learnt = new("urn:south", "88");
        await Store.Cases.CreateAsync(Make.Case(1, "p1", entered), [], None);
        ReceivedItem one = Make.Item("a");
        ReceivedItem two = Make.Item("b");
        await Store.Items.ReceiveAsync(one, None);
        await Store.Items.ReceiveAsync(two, None);
        IReadOnlyList<IdentifierLink> links =
            [new IdentifierLink(entered, "p1", "verified"), new IdentifierLink(learnt, "p1", "verified")];

        FilingChange? first = await Store.Items.SaveAsync(Make.Filing(one, 1) with { Links = links }, None);
        FilingChange? second = await Store.Items.SaveAsync(Make.Filing(two, 1) with { Links = links }, None);
        FilingChange? third = await Store.Items.SaveAsync(Make.Filing(one, 2), None);
        CasePatient? between = await Store.Cases.FindPatientAsync(learnt, Tenant.Default, None);
        FilingChange? last = await Store.Items.SaveAsync(Make.Filing(two, 2), None);

        Assert.That(first!.Learnt, Is.EqualTo([learnt]));
        Assert.That(second!.Learnt.Concat(second.Forgotten), Is.Empty);
        Assert.That(third!.Forgotten, Is.Empty);
        Assert.That(between, Is.Not.Null);
        Assert.That(last!.Forgotten, Is.EqualTo([learnt]));
        Assert.That(await Store.Cases.FindPatientAsync(learnt, Tenant.Default, None), Is.Null);
        Assert.That(await Store.Cases.FindPatientAsync(entered, Tenant.Default, None), Is.Not.Null);
    }

    [Test]
    public async Task The_patient_shows_what_is_known_and_no_version_shows_what_was_taken_back()
    {
        PatientIdentifier learnt = new("urn:south", "88");
        CaseFile file = Make.Case(1, "p1");
        await Store.Cases.CreateAsync(file, [CaseResources.Patient(file.Patient)], None);
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);

        await Store.Items.SaveAsync(
            Make.Filing(item, 1) with { Links = [new IdentifierLink(learnt, "p1", "verified")] }, None);
        ResourceVersion? shown = await Store.Resources.ReadAsync("Patient", "p1", AccessScope.All, None);
        await Store.Items.SaveAsync(Make.Filing(item, 2), None);
        IReadOnlyList<ResourceVersion> history =
            await Store.Resources.HistoryAsync("Patient", "p1", AccessScope.All, None);

        Assert.That(Encoding.UTF8.GetString(shown!.Json.Span), Does.Contain("urn:south"));
        Assert.That(history.Select(version => version.Version), Is.EqualTo([3]));
        Assert.That(Encoding.UTF8.GetString(history[0].Json.Span), Does.Not.Contain("urn:south"));
    }

    [Test]
    public async Task A_study_that_loses_an_instance_is_gone_until_it_is_rebuilt_and_shows_it_in_no_version()
    {
        StudyKey study = new(new CaseNumber(1), "1.1");
        string id = ImagingStudyBuilder.StudyId(study);
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1) with { Instances = [Make.Instance("1.1", "1.1.1", "1.1.1.1")] }, None);
        await Store.Instances.SaveStudyAsync(
            study, new RebuiltStudy(Make.Resource("ImagingStudy", id, json: "{\"lost\":1}"), null, null), 1, None);

        await Store.Items.SaveAsync(Make.Filing(item, 2), None);
        ResourceVersion? between = await Store.Resources.ReadAsync("ImagingStudy", id, AccessScope.All, None);
        await Store.Instances.SaveStudyAsync(
            study, new RebuiltStudy(Make.Resource("ImagingStudy", id, json: "{\"left\":1}"), null, null), 1, None);
        IReadOnlyList<ResourceVersion> history =
            await Store.Resources.HistoryAsync("ImagingStudy", id, AccessScope.All, None);

        Assert.That(between!.Deleted, Is.True);
        Assert.That(history, Has.Some.Matches<ResourceVersion>(one => !one.Deleted));
        Assert.That(
            history.Select(version => Encoding.UTF8.GetString(version.Json.Span)), Has.None.Contains("lost"));
    }

    [Test]
    public async Task An_identifier_that_a_later_case_names_stays_when_the_records_that_taught_it_leave()
    {
        PatientIdentifier learnt = new("urn:south", "88");
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [], None);
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1) with { Links = [new IdentifierLink(learnt, "p1", "verified")] }, None);

        await Store.Cases.CreateAsync(Make.Case(2, "p1", learnt), [], None);
        await Store.Items.SaveAsync(Make.Filing(item, 2), None);

        Assert.That(await Store.Cases.FindPatientAsync(learnt, Tenant.Default, None), Is.Not.Null);
    }
}
