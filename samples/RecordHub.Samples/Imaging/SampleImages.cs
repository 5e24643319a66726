using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Samples.Imaging;

/// <summary>Series of slices through a phantom, as CT and MR images (PS3.3 §A.3, §A.4).</summary>
internal static class SampleImages
{
    private const string CtImage = "1.2.840.10008.5.1.4.1.1.2";
    private const string MrImage = "1.2.840.10008.5.1.4.1.1.4";
    private const int Size = 128;
    private const double PixelMillimetres = 2.5;

    public static IEnumerable<byte[]> Chest(SampleRandom random, SampleStudy study, int slices, double nodule)
    {
        Phantom phantom = Phantom.Chest(Size, nodule);
        for (int slice = 1; slice <= slices; slice++)
        {
            DicomDataSet image = study.Instance(random, CtImage, "CT", 1, slice, "Chest, axial 5 mm")
                .Add(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
                .Add(DicomTags.BodyPartExamined, "CHEST")
                .Add(DicomTags.KVP, 120)
                .Add(DicomTags.AcquisitionNumber, 1)
                .Add(DicomTags.RescaleIntercept, 0)
                .Add(DicomTags.RescaleSlope, 1)
                .Add(DicomTags.RescaleType, "HU")
                .Add(DicomTags.WindowCenter, -400)
                .Add(DicomTags.WindowWidth, 1600);
            yield return Finish(random, study, image, phantom, slice, slices, 5);
        }
    }

    public static IEnumerable<byte[]> Head(SampleRandom random, SampleStudy study, int slices)
    {
        Phantom phantom = Phantom.Head(Size);
        for (int slice = 1; slice <= slices; slice++)
        {
            DicomDataSet image = study.Instance(random, MrImage, "MR", 1, slice, "Head, T1 axial")
                .Add(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "OTHER")
                .Add(DicomTags.BodyPartExamined, "HEAD")
                .Add(DicomTags.ScanningSequence, "SE")
                .Add(DicomTags.SequenceVariant, "NONE")
                .Add(DicomTags.ScanOptions, string.Empty)
                .Add(DicomTags.MRAcquisitionType, "2D")
                .Add(DicomTags.RepetitionTime, 550)
                .Add(DicomTags.EchoTime, 14)
                .Add(new DicomTag(0x0018, 0x0091), 1)
                .Add(DicomTags.WindowCenter, 550)
                .Add(DicomTags.WindowWidth, 1100);
            yield return Finish(random, study, image, phantom, slice, slices, 6);
        }
    }

    /// <summary>One image that stands for itself.</summary>
    public static byte[] Single(SampleRandom random, SampleStudy study) => Chest(random, study, 1, 0.03).Single();

    private static byte[] Finish(
        SampleRandom random, SampleStudy study, DicomDataSet image, Phantom phantom, int slice, int slices, double thickness)
    {
        double height = slices == 1 ? 0.4 : (slice - 1.0) / (slices - 1);
        double corner = -Size * PixelMillimetres / 2;
        image
            .Add(DicomTags.FrameOfReferenceUID, Uid.Parse(random.Uid(study.Key + "/frame")))
            .Add(DicomTags.PositionReferenceIndicator, string.Empty)
            .Add(DicomTags.PatientPosition, "HFS")
            .Add(DicomTags.ImagePositionPatient, corner, corner, slice * thickness)
            .Add(DicomTags.ImageOrientationPatient, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
            .Add(DicomTags.SliceThickness, thickness)
            .Add(DicomTags.PixelSpacing, PixelMillimetres, PixelMillimetres)
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.Rows, Size)
            .Add(DicomTags.Columns, Size)
            .Add(DicomTags.BitsAllocated, 16)
            .Add(DicomTags.BitsStored, 16)
            .Add(DicomTags.HighBit, 15)
            .Add(DicomTags.PixelRepresentation, 1)
            .Add(DicomTags.PixelData, DicomVr.OW, phantom.Draw(height));
        return DicomFileWriter.ToBytes(image, TransferSyntax.ExplicitLittleEndian);
    }
}
