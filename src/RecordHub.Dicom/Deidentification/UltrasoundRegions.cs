using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Deidentification;

/// <summary>The regions that an ultrasound image declares (PS3.3 §C.8.5.5).</summary>
internal static class UltrasoundRegions
{
    private const int Most = 256;
    private static readonly DicomTag s_sequence = new(0x0018, 0x6011);
    private static readonly DicomTag s_minX = new(0x0018, 0x6018);
    private static readonly DicomTag s_minY = new(0x0018, 0x601A);
    private static readonly DicomTag s_maxX = new(0x0018, 0x601C);
    private static readonly DicomTag s_maxY = new(0x0018, 0x601E);

    /// <summary>Null when there are none, or one that cannot be understood.</summary>
    public static IReadOnlyList<PixelRegion>? Of(DicomDataSet image)
    {
        IReadOnlyList<DicomDataSet> items = image.GetSequence(s_sequence);
        if (items.Count is 0 or > Most)
        {
            return null;
        }

        List<PixelRegion> regions = [];
        foreach (DicomDataSet item in items)
        {
            if (item.GetInt32(s_minX) is not (>= 0 and <= ushort.MaxValue and var left)
                || item.GetInt32(s_minY) is not (>= 0 and <= ushort.MaxValue and var top)
                || item.GetInt32(s_maxX) is not (<= ushort.MaxValue and var right) || right < left
                || item.GetInt32(s_maxY) is not (<= ushort.MaxValue and var bottom) || bottom < top)
            {
                return null;
            }

            // The last column and row belong to the region.
            regions.Add(new PixelRegion(left, top, right - left + 1, bottom - top + 1));
        }

        return regions;
    }
}
