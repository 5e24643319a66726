using System.Buffers.Binary;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Bytes of data sets as they are written against the standard; little endian unless said.</summary>
internal static class Raw
{
    public const uint Undefined = 0xFFFF_FFFF;

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Short(uint tag, string vr, byte[] value, int? length = null) =>
        Join(Tag(tag), Text(vr), UInt16(length ?? value.Length), value);

    public static byte[] Short(uint tag, string vr, string value) => Short(tag, vr, Text(value));

    public static byte[] Long(uint tag, string vr, byte[] value, uint? length = null) =>
        Join(Tag(tag), Text(vr), [0, 0], UInt32(length ?? (uint)value.Length), value);

    public static byte[] Implicit(uint tag, byte[] value, uint? length = null) =>
        Join(Tag(tag), UInt32(length ?? (uint)value.Length), value);

    public static byte[] Implicit(uint tag, string value) => Implicit(tag, Text(value));

    public static byte[] Item(byte[] value, uint? length = null) => Implicit(0xFFFE_E000, value, length);

    public static byte[] OpenItem(byte[] value) => Join(Item(value, Undefined), Implicit(0xFFFE_E00D, []));

    public static byte[] EndOfSequence => Implicit(0xFFFE_E0DD, []);

    public static byte[] Meta(string transferSyntax, bool preamble = true)
    {
        byte[] syntax = Short(0x0002_0010, "UI", transferSyntax.Length % 2 == 0 ? transferSyntax : transferSyntax + "\0");
        byte[] length = Short(0x0002_0000, "UL", UInt32((uint)syntax.Length));
        return preamble ? Join(new byte[128], Text("DICM"), length, syntax) : Join(length, syntax);
    }

    public static byte[] ExplicitFile(params byte[][] elements) =>
        Join([Meta("1.2.840.10008.1.2.1"), Short(0x0008_0016, "UI", "1.2\0"), .. elements]);

    public static byte[] ImplicitFile(params byte[][] elements) =>
        Join([Meta("1.2.840.10008.1.2"), Implicit(0x0008_0016, "1.2\0"), .. elements]);

    public static byte[] Text(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    public static byte[] UInt16(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Tag(uint tag) => Join(UInt16((int)(tag >> 16)), UInt16((int)(tag & 0xFFFF)));
}
