using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Deidentification;

public class DeidentifierTests
{
    [Test]
    public void The_basic_profile_removes_empties_and_replaces_as_the_table_says()
    {
        DicomDataSet result = Deidentified.DataSet(Sample());
        Assert.That(result.GetString(DicomTags.PatientID), Has.Length.EqualTo(12));
        Assert.That(result.GetString(DicomTags.PatientName), Is.EqualTo(result.GetString(DicomTags.PatientID) + "^ANONYMIZED"));
        Assert.That(result.TryGet(DicomTags.StudyDate, out DicomElement date) && date.IsEmpty, Is.True);
        Assert.That(result.GetString(DicomTags.ContentDate), Is.EqualTo("19000101"), "Z/D");
        Assert.That(result.Contains(DicomTags.SeriesDescription), Is.False);
        Assert.That(result.Contains(DicomTags.OtherPatientIDsSequence), Is.False);
        Assert.That(result.GetString(DicomTags.Modality), Is.EqualTo("CT"));
        Assert.That(result.Any(element => element.Tag.IsPrivate), Is.False);
    }

    [Test]
    public void It_says_what_was_done()
    {
        DicomDataSet result = Deidentified.DataSet(
            Sample(), ConfidentialityOption.RetainLongitudinalTemporalModifiedDates, ConfidentialityOption.CleanDescriptors);
        Assert.That(result.GetString(DicomTags.PatientIdentityRemoved), Is.EqualTo("YES"));
        Assert.That(result.GetString(DicomTags.DeidentificationMethod), Does.StartWith("RecordHub"));
        Assert.That(result.GetString(DicomTags.LongitudinalTemporalInformationModified), Is.EqualTo("MODIFIED"));
        Assert.That(
            result.GetSequence(DicomTags.DeidentificationMethodCodeSequence).Select(code => code.GetString(DicomTags.CodeValue)),
            Is.EqualTo(new[] { "113100", "113105", "113107" }));
    }

    [Test]
    public void The_same_input_and_key_give_the_same_bytes_and_another_key_gives_others()
    {
        byte[] once = DicomFileWriter.ToBytes(Deidentified.DataSet(Sample()));
        byte[] twice = DicomFileWriter.ToBytes(Deidentified.DataSet(Sample()));
        DeidentificationOptions other = Deidentified.With() with { Key = DeidentificationKey.Of("quite another key"u8) };
        Assert.That(twice, Is.EqualTo(once));
        Assert.That(DicomFileWriter.ToBytes(Deidentified.Done(Sample(), other).DataSet), Is.Not.EqualTo(once));
    }

    [Test]
    public void A_reference_in_one_instance_still_leads_to_the_other()
    {
        DicomDataSet referring = Sample().Add(DicomTags.SOPInstanceUID, Uid.Parse("1.2.3.99")).Add(
            DicomTags.ReferencedImageSequence,
            new DicomDataSet()
                .Add(DicomTags.ReferencedSOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
                .Add(DicomTags.ReferencedSOPInstanceUID, Uid.Parse("1.2.3.4")));
        DicomDataSet target = Deidentified.DataSet(Sample());
        DicomDataSet reference = Deidentified.DataSet(referring).GetSequence(DicomTags.ReferencedImageSequence)[0];
        Assert.That(target.GetUid(DicomTags.SOPInstanceUID).ToString(), Does.StartWith("2.25.").And.Length.LessThanOrEqualTo(64));
        Assert.That(reference.GetUid(DicomTags.ReferencedSOPInstanceUID), Is.EqualTo(target.GetUid(DicomTags.SOPInstanceUID)));
        Assert.That(
            reference.GetUid(DicomTags.ReferencedSOPClassUID).ToString(), Is.EqualTo("1.2.840.10008.5.1.4.1.1.2"));
    }

    [Test]
    public void UIDs_that_the_table_does_not_list_are_mapped_unless_they_name_a_class()
    {
        DicomTag concatenationSource = new(0x0020, 0x0242);
        DicomDataSet result = Deidentified.DataSet(Sample()
            .AddText(concatenationSource, DicomVr.UI, "1.2.3.4")
            .Add(DicomTags.CodingSchemeUID, Uid.Parse("1.2.3.5")));
        Assert.That(result.GetUid(concatenationSource), Is.EqualTo(result.GetUid(DicomTags.SOPInstanceUID)));
        Assert.That(result.GetUid(DicomTags.CodingSchemeUID).ToString(), Is.EqualTo("1.2.3.5"));
    }

    [Test]
    public void Modified_dates_keep_their_intervals_and_their_precision()
    {
        DicomDataSet result = Deidentified.DataSet(
            Sample().AddText(DicomTags.AcquisitionDateTime, DicomVr.DT, "20240302101112.5+0100"),
            ConfidentialityOption.RetainLongitudinalTemporalModifiedDates);
        DateTime study = Date(result.GetString(DicomTags.StudyDate));
        Assert.That(study, Is.LessThan(new DateTime(2024, 2, 28)));
        Assert.That(Date(result.GetString(DicomTags.ContentDate)) - study, Is.EqualTo(TimeSpan.FromDays(2)));
        Assert.That(Date(result.GetString(DicomTags.AcquisitionDateTime)?[..8]) - study, Is.EqualTo(TimeSpan.FromDays(3)));
        Assert.That(result.GetString(DicomTags.AcquisitionDateTime), Does.EndWith("101112.5+0100"));
        Assert.That(result.TryGet(DicomTags.PatientBirthDate, out DicomElement birth) && birth.IsEmpty, Is.True);
    }

    [TestCase("20240115", "20231216")]
    [TestCase("2024.01.15", "20231216")]
    [TestCase("202401", "202312")]
    [TestCase("2024", "2023")]
    [TestCase("20240230", null)]
    [TestCase("soon", null)]
    [TestCase("00010102", null)]
    public void A_date_moves_by_whole_days(string before, string? after) =>
        Assert.That(DateShift.Back(before, 30), Is.EqualTo(after));

    [Test]
    public void A_device_date_is_shifted_even_where_the_device_is_kept()
    {
        DicomTag calibrated = new(0x0018, 0x1200);
        DicomDataSet source = Sample().AddText(calibrated, DicomVr.DA, "20240228");
        DicomDataSet result = Deidentified.DataSet(
            source, ConfidentialityOption.RetainDeviceIdentity, ConfidentialityOption.RetainLongitudinalTemporalModifiedDates);
        Assert.That(result.GetString(calibrated), Is.EqualTo(result.GetString(DicomTags.StudyDate)));
        Assert.That(
            Deidentified.DataSet(source, ConfidentialityOption.RetainDeviceIdentity).GetString(calibrated),
            Is.EqualTo("20240228"));
    }

    [TestCase(ConfidentialityOption.RetainUids, "0020000D", "1.2.3.1")]
    [TestCase(ConfidentialityOption.RetainPatientCharacteristics, "00101010", "063Y")]
    [TestCase(ConfidentialityOption.RetainDeviceIdentity, "00081010", "CT-ROOM-1")]
    [TestCase(ConfidentialityOption.RetainInstitutionIdentity, "00080080", "Musterklinik")]
    [TestCase(ConfidentialityOption.RetainLongitudinalTemporalFullDates, "00080020", "20240228")]
    [TestCase(ConfidentialityOption.CleanDescriptors, "0008103E", "CT Abdomen axial 5mm")]
    [TestCase(ConfidentialityOption.RetainSafePrivate, "00191023", "4.5")]
    public void Each_option_lets_stay_what_it_names(ConfidentialityOption option, string hex, string value)
    {
        Assert.That(DicomTag.TryParse(hex, out DicomTag tag), Is.True);
        Assert.That(Deidentified.DataSet(Sample()).GetString(tag), Is.Not.EqualTo(value));
        Assert.That(Deidentified.DataSet(Sample(), option).GetString(tag), Is.EqualTo(value));
    }

    [Test]
    public void Private_elements_that_are_not_known_to_be_safe_go_with_their_creator()
    {
        DicomDataSet result = Deidentified.DataSet(Sample(), ConfidentialityOption.RetainSafePrivate);
        Assert.That(
            result.Where(element => element.Tag.IsPrivate).Select(element => element.Tag.ToHex()),
            Is.EqualTo(new[] { "00190010", "00191023" }));
    }

    [Test]
    public void A_kept_text_that_repeats_a_name_or_number_is_replaced()
    {
        DeidentificationOutcome.Done done = Deidentified.Done(
            Sample().Add(DicomTags.ReasonForTheRequestedProcedure, "x").Add(DicomTags.Manufacturer, "for Erika MUSTERFRAU"),
            Deidentified.With());
        Assert.That(done.DataSet.GetString(DicomTags.Manufacturer), Is.EqualTo("ANONYMIZED"));
        Assert.That(done.Counts.TextsWithIdentifiers, Is.EqualTo(1));
    }

    [Test]
    public void Patients_are_told_apart_and_named_as_asked()
    {
        DeidentificationOptions named = Deidentified.With() with { PatientId = "TRIAL-7", PatientName = "Trial^Seven" };
        DeidentificationOutcome.Done first = Deidentified.Done(Sample(), named);
        DeidentificationOutcome.Done other = Deidentified.Done(Sample().Add(DicomTags.PatientID, "other"), named);
        Assert.That(first.DataSet.GetString(DicomTags.PatientID), Is.EqualTo("TRIAL-7"));
        Assert.That(first.DataSet.GetString(DicomTags.PatientName), Is.EqualTo("Trial^Seven"));
        Assert.That(other.Patient, Is.Not.EqualTo(first.Patient));
    }

    private static DateTime Date(string? text) => DateTime.ParseExact(text!, "yyyyMMdd", null);

    private static DicomDataSet Sample() => DeidentificationSample.Image();
}
