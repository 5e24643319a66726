using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

public class OriginalAttributesTests
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

    [Test]
    public void What_is_the_same_already_changes_nothing() => Assert.That(
        Apply(new DicomDataSet().Add(DicomTags.PatientID, "P1")), Is.Null);

    [Test]
    public void What_stood_there_before_is_kept_and_what_was_absent_is_kept_as_empty()
    {
        DicomDataSet changed = Apply(new DicomDataSet().Add(DicomTags.PatientID, "N").Add(DicomTags.IssuerOfPatientID, "urn:n"))!;
        DicomDataSet note = changed.GetSequence(DicomTags.OriginalAttributesSequence).Single();
        DicomDataSet former = note.GetSequence(DicomTags.ModifiedAttributesSequence).Single();
        Assert.That(changed.GetString(DicomTags.PatientID), Is.EqualTo("N"));
        Assert.That(former.GetString(DicomTags.PatientID), Is.EqualTo("P1"));
        Assert.That(former.TryGet(DicomTags.IssuerOfPatientID, out DicomElement issuer) && issuer.IsEmpty, Is.True);
        Assert.That(note.GetString(DicomTags.AttributeModificationDateTime), Is.EqualTo("20260102020405+0000"));
    }

    [Test]
    public void A_second_change_keeps_the_note_of_the_first()
    {
        DicomDataSet once = Apply(new DicomDataSet().Add(DicomTags.PatientID, "N"))!;
        DicomDataSet twice = OriginalAttributes.Apply(
            once, new DicomDataSet().Add(DicomTags.PatientID, "M"), "CORRECT", "TEST", s_at)!;
        Assert.That(
            twice.GetSequence(DicomTags.OriginalAttributesSequence)
                .Select(note => note.GetSequence(DicomTags.ModifiedAttributesSequence)[0].GetString(DicomTags.PatientID)),
            Is.EqualTo(new[] { "P1", "N" }));
    }

    [Test]
    public void A_name_that_the_character_set_does_not_have_turns_all_text_into_UTF_8()
    {
        DicomDataSet changed = Apply(new DicomDataSet().Add(DicomTags.PatientName, "Čapek^Karel"))!;
        DicomDataSet read = DicomFile.ReadHeader(DicomFileWriter.ToBytes(changed), null, DicomReadOptions.WholeFile).DataSet;
        DicomDataSet former = read.GetSequence(DicomTags.OriginalAttributesSequence)[0].GetSequence(DicomTags.ModifiedAttributesSequence)[0];
        DicomDataSet code = read.GetSequence(DicomTags.ReferencedImageSequence)[0].GetSequence(DicomTags.PurposeOfReferenceCodeSequence)[0];
        Assert.That(read.GetString(DicomTags.SpecificCharacterSet), Is.EqualTo("ISO_IR 192"));
        Assert.That(read.GetString(DicomTags.PatientName), Is.EqualTo("Čapek^Karel"));
        Assert.That(former.GetString(DicomTags.PatientName), Is.EqualTo("Müller^Jürgen"));
        Assert.That(code.GetString(DicomTags.CodeMeaning), Is.EqualTo("Übersicht"));
    }

    private static DicomDataSet? Apply(DicomDataSet values) => OriginalAttributes.Apply(
        DicomFile.ReadHeader(DicomFileWriter.ToBytes(SampleData.Image()), null, DicomReadOptions.WholeFile).DataSet, values, "COERCE", "TEST", s_at);
}
