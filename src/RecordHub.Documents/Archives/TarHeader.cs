using System.Buffers.Binary;

namespace RecordHub.Documents.Archives;

/// <summary>One header block of a tar archive (IEEE Std 1003.1, pax, <c>ustar</c> Interchange Format), GNU's forms included.</summary>
/// <param name="Name">The bytes of the name, with its prefix.</param>
/// <param name="Size">Bytes that follow it.</param>
/// <param name="Type">What it is of.</param>
/// <remarks>
/// Not <c>System.Formats.Tar</c>: its reader makes room for an extended header of whatever length the archive declares.
/// </remarks>
internal sealed record TarHeader(byte[] Name, long Size, char Type)
{
    public const int Length = 512;

    private const int NameLength = 100;
    private const int PrefixLength = 155;

    /// <summary>False when its checksum is not that of its bytes.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block) =>
        block.Length >= Length && Octal(block[148..156]) is { } stated && stated == Checksum(block[..Length]);

    /// <summary>Null when it is no header, or says a length that no file has.</summary>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        if (!IsHeader(block) || Number(block[124..136]) is not { } size)
        {
            return null;
        }

        byte[] name = Text(block[..NameLength]);
        bool isUstar = block[257..].StartsWith("ustar\0"u8);
        byte[] prefix = isUstar ? Text(block[345..(345 + PrefixLength)]) : [];
        return new TarHeader(prefix.Length == 0 ? name : [.. prefix, (byte)'/', .. name], size, (char)block[156]);
    }

    /// <inheritdoc />
    public override string ToString() => nameof(TarHeader);

    private static byte[] Text(ReadOnlySpan<byte> field) => field[..(field.IndexOf((byte)0) is var end and >= 0 ? end : field.Length)].ToArray();

    // Its own place counts as blanks.
    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < Length; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return sum;
    }

    // GNU writes what needs more than eleven octal digits as a binary number.
    private static long? Number(ReadOnlySpan<byte> field) => field[0] switch
    {
        0x80 when BinaryPrimitives.ReadInt64BigEndian(field[4..]) is >= 0 and < long.MaxValue / 2 and var wide
            && !field[1..4].ContainsAnyExcept((byte)0) => wide,
        >= 0x80 => null,
        _ => Octal(field),
    };

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        long value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            value = (value * 8) + (digit - '0');
        }

        return value;
    }
}
