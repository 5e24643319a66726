using System.Buffers.Binary;
using System.Text;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>PDUs built by hand from PS3.8 §9.3, right or wrong as the test wants, without our own writers.</summary>
internal static class RawPdus
{
    public const string Ct = "1.2.840.10008.5.1.4.1.1.2";
    public const string Mr = "1.2.840.10008.5.1.4.1.1.4";
    public const string Verification = "1.2.840.10008.1.1";
    public const string ImplicitLittle = "1.2.840.10008.1.2";
    public const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    public static byte[] Release { get; } = Pdu(5, [0, 0, 0, 0]);

    /// <summary>Context 1 is Verification, 3 CT, 5 MR, and 7 is nothing that is served.</summary>
    public static byte[][] Contexts { get; } =
    [
        Context(1, Verification), Context(3, Ct), Context(5, Mr), Context(7, "1.2.840.10008.5.1.1.9"),
    ];

    public static byte[] Pdu(byte type, params byte[][] body)
    {
        byte[] content = [.. body.SelectMany(part => part)];
        byte[] head = [type, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(2), content.Length);
        return [.. head, .. content];
    }

    public static byte[] Item(byte type, params byte[][] body)
    {
        byte[] content = [.. body.SelectMany(part => part)];
        return [type, 0, (byte)(content.Length >> 8), (byte)(content.Length & 0xFF), .. content];
    }

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Context(byte id, string abstractSyntax, params string[] transferSyntaxes) => Item(
        0x20,
        [
            [id, 0, 0, 0], Item(0x30, Text(abstractSyntax)),
            .. (transferSyntaxes is [] ? [ImplicitLittle] : transferSyntaxes).Select(syntax => Item(0x40, Text(syntax))),
        ]);

    public static byte[] Associate(
        ushort version = 1, string called = "RECORDHUB", string calling = "NORTH", byte reserved = 0,
        string? applicationContext = ApplicationContext, byte[][]? contexts = null, byte[][]? user = null)
    {
        byte[] head = new byte[68];
        head.AsSpan().Fill(reserved);
        BinaryPrimitives.WriteUInt16BigEndian(head, version);
        Text(called.PadRight(16)).CopyTo(head, 4);
        Text(calling.PadRight(16)).CopyTo(head, 20);
        byte[] pdu = Pdu(
            1,
            [
                head, applicationContext is null ? [] : Item(0x10, Text(applicationContext)), .. contexts ?? Contexts,
                Item(0x50, user ?? [MaxLength(16_384)]),
            ]);
        pdu[1] = reserved;
        return pdu;
    }

    public static byte[] MaxLength(uint length)
    {
        byte[] value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, length);
        return Item(0x51, value);
    }

    /// <summary>A P-DATA-TF of one presentation data value. Flags: 1 command, 2 last.</summary>
    public static byte[] Data(byte context, byte flags, byte[] fragment) => Pdu(4, Value(context, flags, fragment));

    public static byte[] Value(byte context, byte flags, byte[] fragment)
    {
        byte[] head = [0, 0, 0, 0, context, flags];
        BinaryPrimitives.WriteInt32BigEndian(head, fragment.Length + 2);
        return [.. head, .. fragment];
    }

    public static byte[] Echo(ushort messageId = 1) => Data(1, 3, Command(
        (0x0002, Text(Verification + "\0")), (0x0100, Word(0x0030)), (0x0110, Word(messageId)), (0x0800, Word(0x0101))));

    /// <summary>C-STORE-RQ on context 3, without its data set.</summary>
    public static byte[] Store(ushort messageId = 1) => Data(3, 3, Command(
        (0x0002, Text(Ct + "\0")), (0x0100, Word(0x0001)), (0x0110, Word(messageId)), (0x0700, Word(0)),
        (0x0800, Word(1)), (0x1000, Text("2.25.4200"))));

    public static byte[] Command(params (ushort Element, byte[] Value)[] elements) =>
        [.. elements.SelectMany(element => Element(0, element.Element, element.Value))];

    public static byte[] Element(ushort group, ushort element, byte[] value)
    {
        byte[] head = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(head, group);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), value.Length);
        return [.. head, .. value];
    }

    public static byte[] Word(ushort value) => [(byte)(value & 0xFF), (byte)(value >> 8)];
}
