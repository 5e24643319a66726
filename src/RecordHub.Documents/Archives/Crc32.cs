namespace RecordHub.Documents.Archives;

/// <summary>The checksum of ZIP members (APPNOTE 4.4.7).</summary>
internal static class Crc32
{
    public const uint Start = uint.MaxValue;
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] s_table = Table();

    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            crc = s_table[(crc ^ one) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    public static uint End(uint crc) => ~crc;

    private static uint[] Table()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            table[i] = crc;
        }

        return table;
    }
}
