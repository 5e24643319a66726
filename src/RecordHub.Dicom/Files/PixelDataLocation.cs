using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Where the pixels are in the input (PS3.5 §8.1.2, §A.4). Offsets of a deflated data set count inflated bytes.</summary>
/// <param name="Tag">Pixel Data, Float Pixel Data or Double Float Pixel Data.</param>
/// <param name="Offset">First byte of the value.</param>
/// <param name="Length">Bytes of the value that are there, delimiters included.</param>
/// <param name="DeclaredLength">As written; <see cref="uint.MaxValue"/> is undefined.</param>
/// <param name="BasicOffsetTable">The first item's content; empty if it had none.</param>
/// <param name="Fragments">The places of the fragments, up to the reader's limit.</param>
/// <param name="FragmentCount">All fragments that went by.</param>
public sealed record PixelDataLocation(
    DicomTag Tag,
    DicomVr Vr,
    long Offset,
    long Length,
    uint DeclaredLength,
    bool IsEncapsulated,
    ReadOnlyMemory<byte> BasicOffsetTable,
    IReadOnlyList<PixelFragment> Fragments,
    long FragmentCount)
{
    /// <inheritdoc />
    public override string ToString() => nameof(PixelDataLocation);
}
