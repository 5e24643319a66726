using System.Text;
using NUnit.Framework;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Samples;

namespace RecordHub.Cli.Tests;

public sealed class SampleCaseTests
{
    [Test]
    public void The_same_seed_gives_the_same_bytes()
    {
        SampleCase first = SampleCase.Generate(7);
        SampleCase second = SampleCase.Generate(7);

        Assert.That(second.Files.Select(file => file.Path), Is.EqualTo(first.Files.Select(file => file.Path)));
        for (int i = 0; i < first.Files.Count; i++)
        {
            Assert.That(
                second.Files[i].Content.Span.SequenceEqual(first.Files[i].Content.Span), Is.True, first.Files[i].Path);
        }
    }

    [Test]
    public void Another_seed_gives_another_patient_and_other_instances()
    {
        SampleCase first = SampleCase.Generate(1);
        SampleCase second = SampleCase.Generate(2);

        Assert.That(second.Patient.RecordNumbers.Values, Is.Not.EquivalentTo(first.Patient.RecordNumbers.Values));
        Assert.That(Instances(second).Intersect(Instances(first)), Is.Empty);
    }

    [Test]
    public void Every_DICOM_file_reads_back_without_a_warning_and_has_a_UID_under_2_25()
    {
        foreach (SampleFile file in SampleCase.Generate(1).Files.Where(file => file.MediaType == "application/dicom"))
        {
            DicomHeader header = DicomFile.ReadHeader(file.Content);

            Assert.That(header.Warnings, Is.Empty, file.Path);
            Assert.That(header.TruncatedAt, Is.Null, file.Path);
            Assert.That(header.DataSet.GetUid(DicomTags.SOPInstanceUID).ToString(), Does.StartWith("2.25."), file.Path);
        }
    }

    [Test]
    public void There_is_something_for_every_door_and_every_outcome()
    {
        IReadOnlyList<SampleFile> files = SampleCase.Generate(1).Files;

        Assert.That(files.Select(file => file.Door).Distinct(), Is.EquivalentTo(Enum.GetValues<SampleDoor>()));
        Assert.That(files.Select(file => file.Expected).Distinct(), Is.EquivalentTo(Enum.GetValues<SampleOutcome>()));
        Assert.That(files.Select(file => file.Path).Distinct().Count(), Is.EqualTo(files.Count));
    }

    [Test]
    public void Plain_text_has_letters_beyond_ASCII()
    {
        SampleFile letter = SampleCase.Generate(1).Files.Single(file => file.MediaType == "text/plain" && file.Expected == SampleOutcome.Filed);

        Assert.That(Encoding.UTF8.GetString(letter.Content.Span), Does.Contain("Grüßen").And.Contain("fällt"));
    }

    private static IEnumerable<string> Instances(SampleCase sample) => sample.Files
        .Where(file => file.MediaType == "application/dicom")
        .Select(file => DicomFile.ReadHeader(file.Content).DataSet.GetUid(DicomTags.SOPInstanceUID).ToString());
}
