using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Dictionary;

public class DictionaryTests
{
    [Test]
    public void An_element_has_its_line()
    {
        Assert.That(DicomDictionary.TryGet(DicomTags.PatientName, out DictionaryEntry entry), Is.True);
        Assert.That(
            entry,
            Is.EqualTo(new DictionaryEntry(new DicomTag(0x0010, 0x0010), DicomVr.PN, "1", "PatientName", "Patient's Name", false)));
    }

    [Test]
    public void Elements_of_repeating_groups_are_found_in_each_of_them()
    {
        Assert.That(DicomDictionary.KeywordOf(new DicomTag(0x6002, 0x3000)), Is.EqualTo("OverlayData"));
        Assert.That(DicomDictionary.KeywordOf(new DicomTag(0x0020, 0x3107)), Is.EqualTo("SourceImageIDs"));
        Assert.That(DicomDictionary.VrOf(new DicomTag(0x6010, 0x0010)), Is.EqualTo(DicomVr.US));
    }

    [Test]
    public void Private_elements_are_unknown_and_their_creators_text()
    {
        Assert.That(DicomDictionary.VrOf(new DicomTag(0x0029, 0x0010)), Is.EqualTo(DicomVr.LO));
        Assert.That(DicomDictionary.VrOf(new DicomTag(0x0029, 0x1010)), Is.EqualTo(DicomVr.UN));
        Assert.That(DicomDictionary.TryGet(new DicomTag(0x0029, 0x1010), out _), Is.False);
    }

    [Test]
    public void What_may_be_signed_follows_the_pixels()
    {
        Assert.That(DicomDictionary.VrOf(DicomTags.SmallestImagePixelValue), Is.EqualTo(DicomVr.US));
        Assert.That(DicomDictionary.VrOf(DicomTags.SmallestImagePixelValue, signedPixels: true), Is.EqualTo(DicomVr.SS));
    }

    [Test]
    public void A_keyword_leads_to_its_tag_and_nothing_else_does()
    {
        Assert.That(DicomDictionary.TryGetTag("StudyInstanceUID", out DicomTag tag), Is.True);
        Assert.That(tag, Is.EqualTo(DicomTags.StudyInstanceUID));
        Assert.That(DicomDictionary.TryGetTag("studyinstanceuid", out _), Is.False);
        Assert.That(DicomDictionary.TryGetTag(new string('x', 1000), out _), Is.False);
        Assert.That(DicomDictionary.TryGetTag(string.Empty, out _), Is.False);
    }

    [Test]
    public void Every_storage_class_and_transfer_syntax_is_listed()
    {
        Assert.That(UidDictionary.StorageSopClasses, Has.Count.GreaterThanOrEqualTo(171));
        Assert.That(UidDictionary.TransferSyntaxes, Has.Count.GreaterThanOrEqualTo(45));
        Assert.That(UidDictionary.IsStorageSopClass(Uid.Parse("1.2.840.10008.5.1.4.1.1.2")), Is.True);
        Assert.That(UidDictionary.IsStorageSopClass(Uid.Parse("1.2.840.10008.5.1.4.1.1.201.2")), Is.False);
        Assert.That(UidDictionary.IsStorageSopClass(Uid.Parse("1.2.840.10008.1.3.10")), Is.False);
        Assert.That(UidDictionary.NameOf(Uid.Parse("1.2.840.10008.1.1")), Is.EqualTo("Verification SOP Class"));
    }

    [Test]
    public void An_unknown_transfer_syntax_is_taken_for_an_encapsulated_one()
    {
        TransferSyntax unknown = TransferSyntax.Of(Uid.Parse("1.2.3.4"));
        Assert.That((unknown.IsKnown, unknown.IsExplicitVr, unknown.IsEncapsulated), Is.EqualTo((false, true, true)));
        Assert.That(TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.8.1")).IsDeflated, Is.False);
        Assert.That(TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.95")).IsDeflated, Is.True);
    }

    [Test]
    public void The_committed_table_is_what_the_standard_says()
    {
        string source = Path.Combine(Corpus.Folder("standard"), "elements.tsv");
        foreach (string[] fields in File.ReadLines(source).Skip(1).Select(line => line.Split('\t')))
        {
            DicomTag tag = new(Convert.ToUInt32(fields[0].Replace('x', '2'), 16));
            if (tag.IsPrivate)
            {
                continue;
            }

            Assert.That(DicomDictionary.TryGet(tag, out DictionaryEntry entry), Is.True, fields[0]);
            Assert.That(
                (entry.Multiplicity, entry.Keyword, entry.Name, entry.IsRetired),
                Is.EqualTo((fields[2], fields[3], fields[4], fields[5].Length > 0)),
                fields[0]);
            if (Enum.TryParse(fields[1], out DicomVr vr) && !tag.IsGroupLength)
            {
                Assert.That(DicomDictionary.VrOf(tag), Is.EqualTo(vr), fields[0]);
            }

            if (fields[3].Length > 0 && !fields[0].Contains('x', StringComparison.Ordinal))
            {
                Assert.That(DicomDictionary.TryGetTag(fields[3], out DicomTag found), Is.True, fields[3]);
                Assert.That(DicomDictionary.KeywordOf(found), Is.EqualTo(fields[3]));
            }
        }
    }
}
