using System.Buffers.Binary;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Dicom.Tests.Media;

public class DicomDirectoryWriterTests
{
    [Test]
    public void Records_are_linked_by_offsets_that_lead_to_their_items()
    {
        byte[] file = Write();
        Assert.That(
            Walk(file),
            Is.EqualTo(new[]
            {
                "PATIENT A", "STUDY 1.1", "SERIES 1.1.1", "IMAGE DICOM/ST1/IM1", "IMAGE DICOM/ST1/IM2",
                "SERIES 1.1.2", "PRESENTATION DICOM/ST1/PR1", "STUDY 1.2", "SERIES 1.2.1", "SR DOCUMENT DICOM/ST2/SR1",
                "PATIENT UNKNOWN2", "STUDY 2.1", "SERIES 2.1.1", "ENCAP DOC DICOM/ST3/DOC1",
            }));
    }

    [Test]
    public void The_same_instances_give_the_same_bytes()
    {
        byte[] once = Write();
        byte[] again = Write();
        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void A_key_that_must_have_a_value_gets_one_and_text_keeps_its_character_set()
    {
        DicomDirectoryWriter writer = new();
        writer.Add(["IM1"], Image("1.2.840.10008.5.1.4.1.1.2", "A", "1.1", "1.1.1", "1.1.1.1")
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 100").Add(DicomTags.PatientName, "Müller^Jürgen"), Uid.Parse("1.2.840.10008.1.2.1"));
        DicomDataSet[] records = [.. DicomFile.ReadHeader(writer.ToBytes("TEST")).DataSet.GetSequence(DicomTags.DirectoryRecordSequence)];
        Assert.That(records[0].GetString(DicomTags.PatientName), Is.EqualTo("Müller^Jürgen"));
        Assert.That(records[1].GetString(DicomTags.StudyID), Is.EqualTo("1"));
        Assert.That(records[1].GetString(DicomTags.StudyDate), Is.EqualTo("19000101"));
        Assert.That(records[1].Contains(DicomTags.SpecificCharacterSet), Is.False, "no text in it");
        Assert.That(records[2].GetString(DicomTags.Modality), Is.EqualTo("OT"));
    }

    [Test]
    public void What_has_no_place_in_a_directory_is_said()
    {
        DicomDirectoryWriter writer = new();
        Assert.That(writer.Add(["A"], new DicomDataSet(), Uid.Parse("1.2.840.10008.1.2")), Is.False);
        Assert.That(writer.Count, Is.Zero);
    }

    private static byte[] Write()
    {
        const string ct = "1.2.840.10008.5.1.4.1.1.2";
        Uid syntax = Uid.Parse("1.2.840.10008.1.2.1");
        DicomDirectoryWriter writer = new();
        writer.Add(["DICOM", "ST1", "IM1"], Image(ct, "A", "1.1", "1.1.1", "1.1.1.1"), syntax);
        writer.Add(["DICOM", "ST1", "PR1"], Image("1.2.840.10008.5.1.4.1.1.11.1", "A", "1.1", "1.1.2", "1.1.2.1"), syntax);
        writer.Add(["DICOM", "ST2", "SR1"], Image("1.2.840.10008.5.1.4.1.1.88.11", "A", "1.2", "1.2.1", "1.2.1.1"), syntax);
        writer.Add(["DICOM", "ST3", "DOC1"], Image("1.2.840.10008.5.1.4.1.1.104.1", "", "2.1", "2.1.1", "2.1.1.1"), syntax);
        writer.Add(["DICOM", "ST1", "IM2"], Image(ct, "A", "1.1", "1.1.1", "1.1.1.2"), syntax);
        return writer.ToBytes("TEST");
    }

    private static DicomDataSet Image(string sopClass, string patient, string study, string series, string instance) =>
        new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse(sopClass))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse(instance))
            .Add(DicomTags.PatientID, patient)
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse(series));

    // By the offsets alone, as a reader does that knows nothing of the order in the file.
    private static List<string> Walk(byte[] file)
    {
        List<string> found = [];
        DicomDataSet head = DicomFile.ReadHeader(file).DataSet;
        Follow(Offset(head, DicomTags.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity));
        return found;

        void Follow(uint at)
        {
            while (at != 0)
            {
                Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at)), Is.EqualTo(0xE000FFFE));
                int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at + 4));
                DicomDataSet record = DicomFile.ReadHeader(
                    file.AsMemory((int)at + 8, length), TransferSyntax.ExplicitLittleEndian).DataSet;
                string type = record.GetString(DicomTags.DirectoryRecordType)!;
                found.Add(type + " " + (type switch
                {
                    "PATIENT" => record.GetString(DicomTags.PatientID),
                    "STUDY" => record.GetString(DicomTags.StudyInstanceUID),
                    "SERIES" => record.GetString(DicomTags.SeriesInstanceUID),
                    _ => string.Join('/', record.GetStrings(DicomTags.ReferencedFileID)),
                }));
                Follow(Offset(record, DicomTags.OffsetOfReferencedLowerLevelDirectoryEntity));
                at = Offset(record, DicomTags.OffsetOfTheNextDirectoryRecord);
            }
        }
    }

    private static uint Offset(DicomDataSet dataSet, DicomTag tag) =>
        BinaryPrimitives.ReadUInt32LittleEndian(dataSet.GetBytes(tag).Span);
}
