using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Deidentification;

/// <summary>What Clean Pixel Data (PS3.15 §E.3.1) means for an instance.</summary>
/// <param name="Refusal">Why it cannot be cleaned; null when it can, or when there is nothing to clean.</param>
/// <param name="IsClean">Whether its pixels hold no text afterwards, for all that the caller says.</param>
/// <param name="Blanker">Blanks its pixels; null when none are blanked.</param>
/// <param name="Regions">How many regions are blanked.</param>
internal readonly record struct PixelPlan(
    DeidentificationRefusal? Refusal, bool IsClean = false, PixelBlanker? Blanker = null, int Regions = 0)
{
    private const string RleLossless = "1.2.840.10008.1.2.5";
    private const ushort PixelGroup = 0x7FE0;

    // Least and greatest pixel values of image and series, and places of fragments: not true of blanked pixels any more.
    private static readonly DicomTag[] s_pixelValues =
    [
        new(0x0028, 0x0106), new(0x0028, 0x0107), new(0x0028, 0x0108), new(0x0028, 0x0109), new(PixelGroup, 0x0001),
        new(PixelGroup, 0x0002), new(PixelGroup, 0x0003),
    ];

    public static PixelPlan Make(DicomHeader header, PixelCleaning cleaning, bool allowBurnedIn)
    {
        DicomDataSet image = header.DataSet;
        if (header.PixelData is null)
        {
            return default;
        }

        BlankingRule? rule = cleaning.Rules.FirstOrDefault(rule => rule.Fits(image));
        PixelRegion[] blanked = [.. cleaning.Regions, .. rule?.Regions ?? []];
        IReadOnlyList<PixelRegion>? kept =
            cleaning.OutsideDeclaredRegions || rule is { OutsideDeclaredRegions: true } ? UltrasoundRegions.Of(image) : null;
        if (blanked.Length > 0 || kept is not null)
        {
            return Blank(header, blanked, kept);
        }

        // A rule that names no region says that there is nothing; the image itself knows better.
        bool vouched = rule is { OutsideDeclaredRegions: false } && !BurnedInText.IsDeclared(image);
        return vouched ? new PixelPlan(null, IsClean: true)
            : allowBurnedIn || !BurnedInText.IsLikely(image) ? default
            : new PixelPlan(DeidentificationRefusal.NoRegionGiven);
    }

    /// <summary>Whether there are pixels besides those of the image itself.</summary>
    public static bool HasPixelsInSequence(DicomDataSet dataSet) => dataSet.Any(element => element.Items.Any(
        item => item.Any(inner => inner.Tag.Group == PixelGroup) || HasPixelsInSequence(item)));

    /// <summary>Says in the de-identified instance what becomes of its pixels.</summary>
    public void Describe(DicomDataSet target, DeidentificationCounts counts)
    {
        if (IsClean)
        {
            target.Add(DicomTags.BurnedInAnnotation, "NO");
        }

        if (Blanker is { } blanker)
        {
            counts.RegionsBlanked = Regions;
            counts.PixelsBlanked = blanker.Pixels;
            foreach (DicomTag value in s_pixelValues)
            {
                target.Remove(value);
            }
        }
    }

    private static PixelPlan Blank(DicomHeader header, PixelRegion[] blanked, IReadOnlyList<PixelRegion>? kept)
    {
        DicomDataSet image = header.DataSet;
        PixelDataLocation? pixels = header.PixelData;
        bool isRle = header.TransferSyntax.Uid.ToString() == RleLossless;
        if (pixels is not { IsEncapsulated: false } && !isRle)
        {
            return new PixelPlan(DeidentificationRefusal.PixelsCompressed);
        }

        if (PixelLayout.Of(image) is not { } layout || pixels is null || !IsLaidOutAs(layout, image, pixels))
        {
            return new PixelPlan(DeidentificationRefusal.PixelsNotUnderstood);
        }

        RegionMask mask = RegionMask.Of(layout.Rows, layout.Columns, layout.Step, blanked, kept);
        int regions = blanked.Count(region => region.X < layout.Columns && region.Y < layout.Rows) + (kept is null ? 0 : 1);
        bool swapped = header.TransferSyntax.ByteOrder == ByteOrder.BigEndian && pixels.Vr == DicomVr.OW;
        return mask.Pixels == 0
            ? new PixelPlan(DeidentificationRefusal.RegionsOutsideImage)
            : new PixelPlan(
                null, IsClean: true, new PixelBlanker(layout, mask, BlackPixel.Of(layout, image), swapped), regions);
    }

    // Bytes that are no pixel of a frame could be anything.
    private static bool IsLaidOutAs(PixelLayout layout, DicomDataSet image, PixelDataLocation pixels) =>
        pixels.Tag == DicomTags.PixelData
        && image.TryGet(DicomTags.PixelData, out DicomElement element) && element.ValueOffset == pixels.Offset
        && !image.Contains(DicomTags.FloatPixelData) && !image.Contains(DicomTags.DoubleFloatPixelData)
        && (pixels.IsEncapsulated
            ? layout is { IsSubsampled: false, BitsAllocated: > 1 } && layout.Length / layout.Frames <= RlePixels.MaxFrame
            : pixels.Length - layout.Length is 0 or 1);
}
