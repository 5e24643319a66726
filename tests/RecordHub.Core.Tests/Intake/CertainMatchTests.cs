using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Intake;

public sealed class CertainMatchTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(1);

    [Test]
    public async Task An_image_finds_the_case_of_its_patient_by_name_birth_date_and_sex_and_the_next_by_its_identifier()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] images = Images();

        HeldRecord first = (await office.SendAsync(images[0])).Single();
        HeldRecord second = (await office.SendAsync(images[1])).Single();

        Assert.That(first.Reason, Is.EqualTo("certain-match"));
        Assert.That(first.Case, Is.EqualTo(file.Number));
        Assert.That(second.Reason, Is.EqualTo("linked-identifier"));
    }

    [Test]
    public async Task What_a_person_took_out_does_not_come_back_by_name_and_birth_date()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] images = Images();
        HeldRecord first = (await office.SendAsync(images[0])).Single();

        await office.Inbox.UndoAsync(first.Id, "ann", AccessScope.All, CancellationToken.None);
        HeldRecord next = (await office.SendAsync(images[1])).Single();

        Assert.That(next.Reason, Is.EqualTo("taken-back"));
        Assert.That(next.SuggestedCases, Is.EqualTo(new[] { file.Number }));
        Assert.That((await office.Reader.ReadAsync(file, CancellationToken.None)).Instances, Is.Empty);
    }

    [Test]
    public async Task Filing_it_again_changes_nothing_though_it_has_taught_its_own_identifier()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] images = Images();
        HeldRecord first = (await office.SendAsync(images[0])).Single();
        HeldRecord second = (await office.SendAsync(images[1])).Single();

        HeldRecord again = (await office.Filing.RunAsync(first.Id.Item, CancellationToken.None)).Single();
        HeldRecord next = (await office.Filing.RunAsync(second.Id.Item, CancellationToken.None)).Single();

        Assert.That(again.Reason, Is.EqualTo("certain-match"));
        Assert.That(next.Reason, Is.EqualTo("linked-identifier"));
        Assert.That(
            (await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None))!.Patient.Identifiers, Is.Not.Empty);
    }

    [Test]
    public async Task What_was_certain_goes_to_a_person_when_a_second_patient_fits_and_so_does_what_rested_on_it()
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] images = Images();
        HeldRecord first = (await office.SendAsync(images[0])).Single();
        HeldRecord second = (await office.SendAsync(images[1])).Single();
        await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });

        HeldRecord again = (await office.Filing.RunAsync(first.Id.Item, CancellationToken.None)).Single();
        HeldRecord? next = await office.Inbox.ShowAsync(second.Id, AccessScope.All, CancellationToken.None);

        Assert.That(again.Reason, Is.EqualTo("several-patients-alike"));
        Assert.That(again.SuggestedCases, Has.Count.EqualTo(2));
        Assert.That(next!.Reason, Is.EqualTo("several-patients-alike"));
    }

    [Test]
    public async Task A_record_stays_in_its_case_when_the_patient_gets_another_one()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));
        HeldRecord first = (await office.SendAsync(Images()[0])).Single();
        await office.OpenAsync(Office.Asked(s_sample.Patient));

        HeldRecord again = (await office.Filing.RunAsync(first.Id.Item, CancellationToken.None)).Single();

        Assert.That(again.Case, Is.EqualTo(file.Number));
    }

    private static SampleFile[] Images() => [.. s_sample.Files.Where(file => file.MediaType == "application/dicom"
        && file.Expected == SampleOutcome.Filed).Take(2)];
}
