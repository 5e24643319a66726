using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Dicom.Tests.Media;

public class FileSetTests
{
    private static readonly FileSet s_set = new(
    [
        new DirectoryReference(["DICOM", "IM1"], "IMAGE", Uid.None, Uid.Parse("2.25.1"), Uid.None),
        new DirectoryReference(["DICOM", "IM2"], "IMAGE", Uid.None, Uid.Parse("2.25.2"), Uid.None),
    ]);

    [TestCase("DICOM/IM1", "2.25.1", null)]
    [TestCase("dicom/im1.", "2.25.1", null)]
    [TestCase("DICOM/IM2", "2.25.1", FileSetFinding.DisagreesWithDicomdir)]
    [TestCase("DICOM/IM3", "2.25.3", FileSetFinding.NotInDicomdir)]
    public void A_file_is_compared_with_what_the_directory_says(string path, string uid, FileSetFinding? finding)
    {
        DicomHeader header = DicomFile.ReadHeader(DicomFileWriter.ToBytes(
            new DicomDataSet().Add(DicomTags.SOPInstanceUID, Uid.Parse(uid)).Add(DicomTags.Modality, "CT")));
        Assert.That(s_set.Check(path, header), Is.EqualTo(finding));
    }

    [Test]
    public void What_is_named_and_not_there_is_missing() =>
        Assert.That(s_set.Missing(["dicom/im2", "README.TXT"]), Is.EqualTo(new[] { "DICOM/IM1" }));
}
