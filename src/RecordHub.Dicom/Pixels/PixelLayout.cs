using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Pixels;

/// <summary>How the samples of native pixel data follow each other (PS3.5 §8.1, PS3.3 §C.7.6.3.1).</summary>
internal sealed record PixelLayout
{
    // What a 32-bit length can say.
    private const long MaxLength = 0xFFFF_FFFE;

    private PixelLayout()
    {
    }

    public required string Photometric { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required int Frames { get; init; }

    public required int Samples { get; init; }

    public required int BitsAllocated { get; init; }

    public required int BitsStored { get; init; }

    public required int HighBit { get; init; }

    public required bool IsSigned { get; init; }

    /// <summary>Whether each frame has a plane for each sample.</summary>
    public required bool IsPlanar { get; init; }

    /// <summary>Two neighbours share their chrominance: Y Y Cb Cr.</summary>
    public bool IsSubsampled => Photometric == "YBR_FULL_422";

    /// <summary>Columns that cannot be told apart.</summary>
    public int Step => IsSubsampled ? 2 : 1;

    public int Planes => IsPlanar ? Samples : 1;

    /// <summary>Bits from one pixel to the next of a line.</summary>
    public int PixelBits => BitsAllocated * (IsSubsampled ? 2 : IsPlanar ? 1 : Samples);

    /// <summary>Bits of a row, or of a row of one plane. Frames and lines are not padded.</summary>
    public long LineBits => (long)Columns * PixelBits;

    public long Lines => (long)Rows * Planes * Frames;

    /// <summary>Bytes of all frames; the value has one more where this is odd.</summary>
    public long Length => ((LineBits * Lines) + 7) / 8;

    /// <summary>Null when the data set describes none that is known.</summary>
    public static PixelLayout? Of(DicomDataSet image)
    {
        int bits = image.GetInt32(DicomTags.BitsAllocated) ?? 0;
        int stored = image.GetInt32(DicomTags.BitsStored) ?? bits;
        int samples = image.GetInt32(DicomTags.SamplesPerPixel) ?? 1;
        PixelLayout layout = new()
        {
            Photometric = image.GetString(DicomTags.PhotometricInterpretation) ?? string.Empty,
            Rows = image.GetInt32(DicomTags.Rows) ?? 0,
            Columns = image.GetInt32(DicomTags.Columns) ?? 0,
            Frames = image.Contains(DicomTags.NumberOfFrames) ? image.GetInt32(DicomTags.NumberOfFrames) ?? 1 : 1,
            Samples = samples,
            BitsAllocated = bits,
            BitsStored = stored,
            HighBit = image.GetInt32(DicomTags.HighBit) ?? stored - 1,
            IsSigned = image.GetInt32(DicomTags.PixelRepresentation) == 1,
            IsPlanar = samples > 1 && image.GetInt32(DicomTags.PlanarConfiguration) == 1,
        };
        return layout.IsKnown() ? layout : null;
    }

    private bool IsKnown() =>
        Rows is > 0 and <= ushort.MaxValue && Columns is > 0 and <= ushort.MaxValue && Frames > 0
        && Columns % Step == 0 && (Int128)LineBits * Lines <= 8L * MaxLength
        && BitsStored > 0 && HighBit >= BitsStored - 1 && HighBit < BitsAllocated
        && Photometric switch
        {
            "MONOCHROME1" or "MONOCHROME2" => Samples == 1 && BitsAllocated is 1 or 8 or 16 or 32,
            "PALETTE COLOR" => Samples == 1 && BitsAllocated is 8 or 16,
            "RGB" or "YBR_FULL" => Samples == 3 && BitsAllocated is 8 or 16 or 32,
            "YBR_FULL_422" => Samples == 3 && !IsPlanar && BitsAllocated is 8 or 16,
            _ => false,
        };
}
