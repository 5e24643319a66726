using System.Buffers.Binary;

namespace RecordHub.Dicom.Tests.Fuzz;

/// <summary>Damages input with an idea of what it is: lengths, representations, delimiters, depth, ends, parts of others.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    private const int MaxLength = 256 * 1024;

    private static readonly string[] s_vrs =
        ["SQ", "UN", "OB", "OW", "UT", "PN", "LO", "CS", "DS", "IS", "US", "SS", "UL", "AT", "FD", "OV", "UC", "??", "  ", "zz", "\0\0"];

    private static readonly uint[] s_lengths =
        [0, 1, 2, 4, 7, 8, 0xFE, 0xFF, 0xFFFE, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF];

    private static readonly byte[][] s_markers =
    [
        [0xFE, 0xFF, 0x00, 0xE0], [0xFE, 0xFF, 0x0D, 0xE0], [0xFE, 0xFF, 0xDD, 0xE0], [0xFF, 0xFE, 0xE0, 0x00],
        [0xE0, 0x7F, 0x10, 0x00], [0x08, 0x00, 0x05, 0x00], [0x02, 0x00, 0x10, 0x00], [0x1B, 0x24, 0x42], [0x1B, 0x24, 0x29, 0x43],
        [0x5C], [0x00], [0xFF, 0xFF, 0xFF, 0xFF], "</Item>"u8.ToArray(), "\"Value\":["u8.ToArray(), "&#0;"u8.ToArray(), "\\ud800"u8.ToArray(),
    ];

    public byte[] Next(Random random)
    {
        byte[] input = seeds[random.Next(seeds.Count)];
        for (int n = random.Next(1, 6); n > 0 && input.Length > 0; n--)
        {
            input = Once(input, random);
        }

        return input.Length > MaxLength ? input[..MaxLength] : input;
    }

    private byte[] Once(byte[] input, Random random)
    {
        // Mostly behind the preamble, so that most inputs are still understood as what they were.
        int at = random.Next(random.Next(4) == 0 ? 0 : Math.Min(160, input.Length / 2), input.Length);
        int some = random.Next(Math.Min(64, input.Length - at) + 1);
        return random.Next(12) switch
        {
            0 => With(input, at, [(byte)(input[at] ^ (1 << random.Next(8)))]),
            1 => With(input, at, [(byte)random.Next(256)]),
            2 => With(input, at, Length(random)),
            3 => With(input, at, BitConverter.GetBytes(BitConverter.ToUInt16([input[at], 0]) + random.Next(-3, 4))[..1]),
            4 => With(input, Letters(input, at), System.Text.Encoding.Latin1.GetBytes(s_vrs[random.Next(s_vrs.Length)])),
            5 => Cut(input, at, 0, [.. s_markers[random.Next(s_markers.Length)], .. random.Next(2) == 0 ? Length(random) : []]),
            6 => input[..at],
            7 => Cut(input, at, some, []),
            8 => Cut(input, at, 0, input[at..(at + some)]),
            9 => [.. input[..at], .. Tail(seeds[random.Next(seeds.Count)], random)],
            10 => Cut(input, at, 0, Nested(random)),
            _ => With(input, at, s_markers[random.Next(s_markers.Length)]),
        };
    }

    private static byte[] Length(Random random)
    {
        byte[] bytes = new byte[random.Next(2) == 0 ? 2 : 4];
        uint length = s_lengths[random.Next(s_lengths.Length)];
        if (bytes.Length == 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, unchecked((ushort)length));
        }
        else if (random.Next(4) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, length);
        }

        return bytes;
    }

    // The next two capital letters, which may be a representation.
    private static int Letters(byte[] input, int from)
    {
        for (int i = from; i + 1 < input.Length; i++)
        {
            if (input[i] is >= (byte)'A' and <= (byte)'Z' && input[i + 1] is >= (byte)'A' and <= (byte)'Z')
            {
                return i;
            }
        }

        return from;
    }

    private static byte[] Nested(Random random)
    {
        byte[] level = random.Next(2) == 0
            ? [0x08, 0, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]
            : [0x08, 0, 0x40, 0x11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        return [.. Enumerable.Repeat(level, random.Next(1, random.Next(8) == 0 ? 200 : 10)).SelectMany(bytes => bytes)];
    }

    private static ReadOnlySpan<byte> Tail(byte[] seed, Random random) => seed.AsSpan(random.Next(seed.Length + 1));

    private static byte[] With(byte[] input, int at, byte[] bytes) =>
        [.. input.AsSpan(0, at), .. bytes, .. input.AsSpan(Math.Min(input.Length, at + bytes.Length))];

    private static byte[] Cut(byte[] input, int at, int length, byte[] instead) =>
        [.. input.AsSpan(0, at), .. instead, .. input.AsSpan(at + length)];
}
