using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.DataSet;

public class DicomDataSetTests
{
    [Test]
    public void Values_come_back_as_they_were_added()
    {
        DicomDataSet image = SampleData.Image();
        Assert.That(image.GetString(DicomTags.PatientName), Is.EqualTo("Müller^Jürgen"));
        Assert.That(string.Join(' ', image.GetStrings(DicomTags.ImageType)), Is.EqualTo("ORIGINAL PRIMARY AXIAL"));
        Assert.That(image.GetInt32(DicomTags.SeriesNumber), Is.EqualTo(3));
        Assert.That(image.GetInt32(DicomTags.Rows), Is.EqualTo(4));
        Assert.That(image.GetInt32(DicomTags.SmallestImagePixelValue), Is.EqualTo(-2));
        Assert.That(string.Join(' ', image.GetDoubles(DicomTags.WindowCenter)), Is.EqualTo("40.5 -3"));
        Assert.That(image.GetString(DicomTags.FrameIncrementPointer), Is.EqualTo("00181063"));
        Assert.That(image.GetUid(DicomTags.SOPInstanceUID), Is.EqualTo(Uid.Parse("2.25.1")));
        Assert.That(image.GetSequence(DicomTags.ReferencedImageSequence), Has.Count.EqualTo(3));
    }

    [Test]
    public void Elements_are_in_order_and_unique_however_they_were_added()
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.PatientID, "2").Add(DicomTags.PatientName, "N").Add(DicomTags.PatientID, "1");
        Assert.That(dataSet.Select(element => element.Tag), Is.EqualTo(new[] { DicomTags.PatientName, DicomTags.PatientID }));
        Assert.That(dataSet.GetString(DicomTags.PatientID), Is.EqualTo("1"));
        Assert.That(dataSet.Remove(DicomTags.PatientID), Is.True);
        Assert.That(dataSet.Remove(DicomTags.PatientID), Is.False);
    }

    [Test]
    public void Absent_and_empty_are_told_apart_only_by_presence()
    {
        DicomDataSet dataSet = new DicomDataSet().Add(DicomTags.PatientID, "  ");
        Assert.That(dataSet.GetString(DicomTags.PatientID), Is.Null);
        Assert.That(dataSet.Contains(DicomTags.PatientID), Is.True);
        Assert.That(dataSet.GetStrings(DicomTags.PatientName), Is.Empty);
        Assert.That(dataSet.GetInt32(DicomTags.Rows), Is.Null);
        Assert.That(dataSet.GetUid(DicomTags.SOPInstanceUID), Is.EqualTo(Uid.None));
    }

    [Test]
    public void A_name_has_three_groups_of_components()
    {
        PersonName name = new DicomDataSet()
            .Add(DicomTags.PatientName, "Yamada^Tarou^^Dr^II=山田^太郎=やまだ^たろう").GetPersonNames(DicomTags.PatientName)[0];
        Assert.That((name.FamilyName, name.GivenName, name.Prefix, name.Suffix), Is.EqualTo(("Yamada", "Tarou", "Dr", "II")));
        Assert.That((name.Ideographic, name.Phonetic), Is.EqualTo(("山田^太郎", "やまだ^たろう")));
        Assert.That(name.ToString(), Is.EqualTo("PersonName"));
        Assert.That(PersonName.Parse(name.ToDicom()), Is.EqualTo(name));
    }

    [Test]
    public void An_item_decodes_its_text_as_the_data_set_around_it_does()
    {
        DicomDataSet read = RecordHub.Dicom.Files.DicomFile.ReadHeader(
            RecordHub.Dicom.Files.DicomFileWriter.ToBytes(SampleData.Image())).DataSet;
        DicomDataSet item = read.GetSequence(DicomTags.ReferencedImageSequence)[0];
        Assert.That(
            item.GetSequence(DicomTags.PurposeOfReferenceCodeSequence)[0].GetString(DicomTags.CodeMeaning),
            Is.EqualTo("Übersicht"));
        Assert.That(item.Parent, Is.SameAs(read));
    }

    [Test]
    public void A_data_set_that_was_read_can_be_changed_without_touching_the_rest()
    {
        DicomDataSet read = RecordHub.Dicom.Files.DicomFile.ReadHeader(
            RecordHub.Dicom.Files.DicomFileWriter.ToBytes(SampleData.Image())).DataSet;
        int count = read.Count;
        read.Add(DicomTags.PatientID, "P2").Add(DicomTags.StudyID, "S");
        Assert.That(read, Has.Count.EqualTo(count + 1));
        Assert.That(read.GetString(DicomTags.PatientID), Is.EqualTo("P2"));
        Assert.That(read.GetString(DicomTags.PatientName), Is.EqualTo("Müller^Jürgen"));
        Assert.That(read.GetSequence(DicomTags.ReferencedImageSequence)[2].GetString(DicomTags.ReferencedSOPInstanceUID), Is.EqualTo("2.25.4"));
    }

    [Test]
    public void Private_elements_are_found_by_their_creator()
    {
        Assert.That(SampleData.Image().TryGetPrivate(0x0029, "MAKER", 0x01, out DicomElement element), Is.True);
        Assert.That(Convert.ToHexString(element.Value.Span), Is.EqualTo("01020304"));
        Assert.That(SampleData.Image().TryGetPrivate(0x0029, "OTHER", 0x01, out _), Is.False);
    }

    [Test]
    public void Nothing_prints_values_by_accident()
    {
        DicomDataSet image = SampleData.Image();
        Assert.That(image.TryGet(DicomTags.PatientName, out DicomElement element), Is.True);
        Assert.That($"{image} {element}", Is.EqualTo("DicomDataSet (0010,0010) PN"));
    }

    [Test]
    public void A_wrong_kind_of_value_is_misuse()
    {
        Assert.That(() => new DicomDataSet().Add(DicomTags.Rows, "4"), Throws.ArgumentException);
        Assert.That(() => new DicomDataSet().Add(DicomTags.PatientName, 4), Throws.ArgumentException);
        Assert.That(() => new DicomDataSet().Add(DicomTags.Rows, 70_000), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DicomDataSet().Add(DicomTags.WindowCenter, double.NaN), Throws.ArgumentException);
    }

    [TestCase("00100020")]
    [TestCase("0010,0020")]
    [TestCase("(0010,0020)")]
    public void A_tag_is_read_in_each_of_its_spellings(string text)
    {
        Assert.That(DicomTag.TryParse(text, out DicomTag tag), Is.True);
        Assert.That(tag, Is.EqualTo(DicomTags.PatientID));
    }

    [TestCase("")]
    [TestCase("0010002")]
    [TestCase("0010-0020")]
    [TestCase("0010002G")]
    [TestCase("+0100020")]
    public void Other_text_is_no_tag(string text) => Assert.That(DicomTag.TryParse(text, out _), Is.False);
}
