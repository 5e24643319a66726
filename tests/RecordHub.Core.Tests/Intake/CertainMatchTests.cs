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

    private static SampleFile[] Images() => [.. s_sample.Files.Where(file => file.MediaType == "application/dicom"
        && file.Expected == SampleOutcome.Filed).Take(2)];
}
