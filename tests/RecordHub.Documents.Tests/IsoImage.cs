using System.Buffers.Binary;
using System.Text;

namespace RecordHub.Documents.Tests;

/// <summary>Builds small disc images, honest and hostile ones.</summary>
internal sealed class IsoImage
{
    public const int Sector = 2048;
    private readonly List<byte[]> _sectors = [];

    public IsoImage() => _sectors.AddRange(Enumerable.Range(0, 18).Select(_ => new byte[Sector]));

    /// <summary>Puts content at the end; gives its first sector.</summary>
    public uint Add(byte[] content)
    {
        uint first = (uint)_sectors.Count;
        for (int at = 0; at < Math.Max(1, content.Length); at += Sector)
        {
            byte[] sector = new byte[Sector];
            content.AsSpan(at, Math.Min(Sector, content.Length - at)).CopyTo(sector);
            _sectors.Add(sector);
        }

        return first;
    }

    /// <summary>Replaces the content of a sector.</summary>
    public void Put(uint sector, byte[] content) => content.CopyTo(_sectors[(int)sector], 0);

    public byte[] Bytes(uint root, uint rootLength = Sector, bool joliet = false)
    {
        byte[] primary = _sectors[16];
        primary[0] = joliet ? (byte)2 : (byte)1;
        "CD001"u8.CopyTo(primary.AsSpan(1));
        if (joliet)
        {
            "%/E"u8.CopyTo(primary.AsSpan(88));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(primary.AsSpan(128), Sector);
        Record("\0", root, rootLength, folder: true).CopyTo(primary, 156);
        _sectors[17][0] = 255;
        "CD001"u8.CopyTo(_sectors[17].AsSpan(1));
        return [.. _sectors.SelectMany(sector => sector)];
    }

    public static byte[] Record(
        string name, uint sector, uint length, bool folder = false, bool more = false, bool joliet = false, byte unit = 0)
    {
        byte[] text = joliet && name != "\0" ? Encoding.BigEndianUnicode.GetBytes(name) : Encoding.Latin1.GetBytes(name);
        byte[] record = new byte[33 + text.Length + (1 - (text.Length % 2))];
        record[0] = (byte)record.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(2), sector);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(10), length);
        record[25] = (byte)((folder ? 2 : 0) | (more ? 0x80 : 0));
        record[26] = unit;
        record[32] = (byte)text.Length;
        text.CopyTo(record, 33);
        return record;
    }
}
