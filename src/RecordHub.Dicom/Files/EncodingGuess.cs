using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>Tells from the first element how a data set is encoded, whatever it says about itself.</summary>
internal readonly record struct EncodingGuess(bool IsExplicitVr, ByteOrder ByteOrder)
{
    public const int Length = 8;

    // A first element longer than this would be no header of anything.
    private const uint MaxFirstLength = 1 << 20;

    /// <summary>The declared encoding if the bytes allow it, else the likeliest one; false when none fits.</summary>
    public static bool TryGuess(ReadOnlySpan<byte> first, EncodingGuess declared, out EncodingGuess guess)
    {
        ReadOnlySpan<EncodingGuess> candidates =
        [
            declared,
            new(true, ByteOrder.LittleEndian),
            new(false, ByteOrder.LittleEndian),
            new(true, ByteOrder.BigEndian),
            new(false, ByteOrder.BigEndian),
        ];
        foreach (EncodingGuess candidate in candidates)
        {
            if (candidate.Fits(first))
            {
                guess = candidate;
                return true;
            }
        }

        guess = declared;
        return false;
    }

    public bool Fits(ReadOnlySpan<byte> first)
    {
        bool big = ByteOrder == ByteOrder.BigEndian;
        uint tag = ReadTag(first, big);
        bool letters = DicomVrExtensions.TryParse(first[4], first[5], out DicomVr written);
        if (!IsPlausibleFirst(new DicomTag(tag)))
        {
            return false;
        }

        DicomVr expected = DicomDictionary.VrOf(new DicomTag(tag));
        if (IsExplicitVr)
        {
            return letters;
        }

        if (letters && (written == expected || new DicomTag(tag).IsPrivate))
        {
            return false;
        }

        uint length = big ? BinaryPrimitives.ReadUInt32BigEndian(first[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(first[4..]);
        return new DicomTag(tag).IsGroupLength
            ? length == 4
            : length < MaxFirstLength || expected is DicomVr.SQ or DicomVr.OB or DicomVr.OW or DicomVr.UN;
    }

    public static uint ReadTag(ReadOnlySpan<byte> bytes, bool big) => big
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : ((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);

    private static bool IsPlausibleFirst(DicomTag tag) => tag switch
    {
        { Group: > 0x7FE0 } => false,
        { IsGroupLength: true } => tag.Group < 0x0100,
        { IsPrivate: true } => tag.Group < 0x0100,
        _ => DicomDictionary.IsKnown(tag),
    };
}
