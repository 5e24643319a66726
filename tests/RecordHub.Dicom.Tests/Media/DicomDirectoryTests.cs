using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Media;

public class DicomDirectoryTests
{
    [Test]
    public void References_are_read_in_order_and_never_lead_upwards()
    {
        DicomDataSet directory = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.1.3.10"))
            .Add(
                DicomTags.DirectoryRecordSequence,
                new DicomDataSet().Add(DicomTags.DirectoryRecordType, "PATIENT"),
                Image("DICOM", "A", "IM1"),
                Image("..", "etc", "passwd"),
                Image("A/B/../C"));
        DicomHeader header = DicomFile.ReadHeader(DicomFileWriter.ToBytes(directory));
        Assert.That(DicomDirectory.IsDirectory(header), Is.True);
        Assert.That(
            string.Join(' ', DicomDirectory.References(header.DataSet).Select(reference => reference.Path)),
            Is.EqualTo("DICOM/A/IM1 etc/passwd A/B/C"));
        Assert.That(DicomDirectory.References(header.DataSet)[0].SopInstanceUid, Is.EqualTo(Uid.Parse("2.25.9")));
    }

    [Test]
    public void An_image_is_no_directory() =>
        Assert.That(DicomDirectory.IsDirectory(DicomFile.ReadHeader(SampleData.EncapsulatedFile())), Is.False);

    private static DicomDataSet Image(params string[] fileId) => new DicomDataSet()
        .Add(DicomTags.DirectoryRecordType, "IMAGE")
        .Add(DicomTags.ReferencedFileID, fileId)
        .Add(DicomTags.ReferencedSOPInstanceUIDInFile, Uid.Parse("2.25.9"));
}
