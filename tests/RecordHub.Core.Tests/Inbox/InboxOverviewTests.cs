using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Inbox;

public sealed class InboxOverviewTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(3);

    [Test]
    public async Task An_empty_inbox_is_an_empty_page()
    {
        InboxPage page = await new Office().Overview.PageAsync(AccessScope.All, null, 20, CancellationToken.None);

        Assert.That((page.Patients.Count, page.Total, page.Records, page.Next), Is.EqualTo((0, 0, 0, (Core.Intake.RecordId?)null)));
    }

    [Test]
    public async Task What_names_one_patient_is_one_group_with_a_line_for_each_study()
    {
        Office office = new();
        SampleFile[] images = Images();
        foreach (SampleFile image in images)
        {
            await office.SendAsync(image);
        }

        InboxPage page = await office.Overview.PageAsync(AccessScope.All, null, 20, CancellationToken.None);
        InboxPatient group = page.Patients.MaxBy(one => one.Count)!;

        Assert.That(page.Records, Is.EqualTo(images.Length));
        Assert.That(page.Patients.Sum(one => one.Count), Is.EqualTo(images.Length));
        Assert.That(group.Studies, Has.Count.GreaterThan(1));
        Assert.That(group.Studies.Sum(one => one.Count), Is.EqualTo(group.Count));
        Assert.That(group.Studies.Select(one => one.First.StudyInstanceUid), Is.Unique);
    }

    [Test]
    public async Task Records_that_name_nobody_are_not_taken_for_one_patients()
    {
        Office office = new();
        await office.SendAsync("A letter without a name.");
        await office.SendAsync("Another letter without a name.");

        InboxPage page = await office.Overview.PageAsync(AccessScope.All, null, 20, CancellationToken.None);

        Assert.That(page.Patients.Select(one => one.Count), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task A_page_ends_where_the_next_one_begins()
    {
        Office office = new();
        for (int i = 0; i < 5; i++)
        {
            await office.SendAsync($"Patient: Fall, Nummer{(char)('A' + i)}\nBorn: 1950-01-0{i + 1}\n\nA letter.\n");
        }

        InboxPage first = await office.Overview.PageAsync(AccessScope.All, null, 2, CancellationToken.None);
        InboxPage second = await office.Overview.PageAsync(AccessScope.All, first.Next, 2, CancellationToken.None);
        InboxPage last = await office.Overview.PageAsync(AccessScope.All, second.Next, 2, CancellationToken.None);

        Assert.That((first.Total, first.Patients.Count, second.Patients.Count, last.Patients.Count), Is.EqualTo((5, 2, 2, 1)));
        Assert.That(last.Next, Is.Null);
        Assert.That(
            first.Patients.Concat(second.Patients).Concat(last.Patients).Select(one => one.First.Id), Is.Unique);
    }

    [Test]
    public async Task A_case_that_was_named_stands_beside_the_record_field_by_field_with_its_veto()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(
            "Müsterfall", "Synthia", identifiers: new PatientIdentifier("2.25.1001", "SYN-1")));
        await SendAsync(office, "Müsterfall", "Exempla", "SYN-2", file.Number);

        InboxPage page = await office.Overview.PageAsync(AccessScope.All, null, 20, CancellationToken.None);
        CaseMatch match = page.Patients.Single().Matches.Single();

        Assert.That(match.File.Number, Is.EqualTo(file.Number));
        Assert.That(match.Match.Vetoes, Does.Contain(MatchVeto.Twin));
        Assert.That(match.Match.LevelOf(MatchField.GivenName), Is.EqualTo(MatchLevel.Different));
        Assert.That(match.Match.Fields.Single(one => one.Field == MatchField.GivenName).Bits, Is.Negative);
    }

    [Test]
    public async Task A_decision_for_the_patient_takes_all_studies_and_one_for_a_record_takes_nothing_along()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked("Andere", "Person"));
        foreach (SampleFile image in Images())
        {
            await office.SendAsync(image);
        }

        InboxPatient group = (await office.Overview.PageAsync(AccessScope.All, null, 20, CancellationToken.None)).Patients.MaxBy(one => one.Count)!;
        InboxOutcome one = await office.Inbox.RejectAsync(
            new InboxTarget(group.First.Id, InboxExtent.Record), "blurred", "ann", AccessScope.All, CancellationToken.None);
        InboxOutcome undone = await office.Inbox.UndoAsync(group.First.Id, "ann", AccessScope.All, CancellationToken.None);
        InboxOutcome all = await office.Inbox.AssignAsync(
            new InboxTarget(group.First.Id, InboxExtent.Patient), file.Number, "ann", AccessScope.All, CancellationToken.None);
        InboxOutcome back = await office.Inbox.UndoAsync(
            new InboxTarget(group.First.Id, InboxExtent.Patient), "ann", AccessScope.All, CancellationToken.None);
        InboxPage after = await office.Overview.PageAsync(AccessScope.All, null, 20, CancellationToken.None);

        Assert.That(new[] { one, undone, all, back }.Select(outcome => (outcome as InboxOutcome.Done)?.Others),
            Is.EqualTo(new int?[] { 0, 0, group.Count - 1, group.Count - 1 }));
        Assert.That(after.Patients.Max(left => left.Count), Is.EqualTo(group.Count));
    }

    [Test]
    public async Task A_preview_names_exactly_what_the_assignment_then_files()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked("Andere", "Person", s_sample.Patient.BirthDateIso, null));
        foreach (SampleFile image in Images())
        {
            await office.SendAsync(image);
        }

        HeldRecord first = (await office.Inbox.ListAsync(AccessScope.All, CancellationToken.None))[0];
        foreach (InboxExtent extent in Enum.GetValues<InboxExtent>())
        {
            InboxTarget target = new(first.Id, extent);
            IReadOnlyList<MovedRecord> foreseen =
                await office.Preview.LookAsync(target, file.Number, AccessScope.All, CancellationToken.None);
            await office.Inbox.AssignAsync(target, file.Number, "ann", AccessScope.All, CancellationToken.None);
            IReadOnlyList<HeldRecord> left = await office.Inbox.ListAsync(AccessScope.All, CancellationToken.None);
            int filed = Images().Length - left.Count;
            await office.Inbox.UndoAsync(new InboxTarget(first.Id, InboxExtent.Patient), "ann", AccessScope.All, CancellationToken.None);

            Assert.That(foreseen, Has.Count.EqualTo(filed), extent.ToString());
            Assert.That(foreseen[0].Because, Is.EqualTo("chosen"));
        }
    }

    [Test]
    public async Task A_preview_says_what_a_number_that_is_learnt_would_file()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked("Müsterfall", "Synthia", sex: null));
        HeldRecord first = await SendAsync(office, "Müsterfall", "Synthia", "SYN-1");
        await SendAsync(office, "Musterfall", "Synthia Ann", "SYN-1");
        await SendAsync(office, "Andersfall", "Ignota", "SYN-9");
        IReadOnlyList<HeldRecord> held = await office.Inbox.ListAsync(AccessScope.All, CancellationToken.None);

        IReadOnlyList<MovedRecord> foreseen =
            await office.Preview.LookAsync(first.Id, file.Number, AccessScope.All, CancellationToken.None);
        await office.Inbox.AssignAsync(first.Id, file.Number, "ann", AccessScope.All, CancellationToken.None);
        IReadOnlyList<HeldRecord> left = await office.Inbox.ListAsync(AccessScope.All, CancellationToken.None);

        Assert.That(foreseen.Select(one => one.Because), Is.EqualTo(new[] { "chosen", "identifier" }));
        Assert.That(foreseen.Select(one => one.Record.Id), Is.EquivalentTo(held.Select(one => one.Id).Except(left.Select(one => one.Id))));
    }

    private static async Task<HeldRecord> SendAsync(
        Office office, string family, string given, string number, CaseNumber to = default) => (await office.SendAsync(
        Core.Intake.ContentKind.FhirJson,
        System.Text.Encoding.UTF8.GetBytes(
            $$$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","gender":"female","birthDate":"1961-04-09",
                "identifier":[{"system":"urn:oid:2.25.1001","value":"{{{number}}}"}],"name":[{"family":"{{{family}}}","given":["{{{given}}}"]}]}},
              {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Observation","status":"final","code":{"text":"Note"},
                "subject":{"reference":"urn:uuid:1"} } } ] }
            """),
        to)).Single();

    private static SampleFile[] Images() => [.. s_sample.Files.Where(one => one.MediaType == "application/dicom")];
}
