using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Tests.Pixels;

/// <summary>What an ultrasound image says of its regions: their last column and row belong to them.</summary>
internal static class UltrasoundSample
{
    public static DicomDataSet Region(PixelRegion region) => new DicomDataSet()
        .Add(new DicomTag(0x0018, 0x6018), region.X)
        .Add(new DicomTag(0x0018, 0x601A), region.Y)
        .Add(new DicomTag(0x0018, 0x601C), region.X + region.Width - 1)
        .Add(new DicomTag(0x0018, 0x601E), region.Y + region.Height - 1);
}
