using System.Buffers.Binary;
using System.Text;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Benchmarks.Load;

/// <summary>The two PDUs that open an association (PS3.8 §9.3.2, §9.3.3), as far as a sender of one SOP class needs them.</summary>
internal static class AssociateWords
{
    private const int ItemsAt = 68;

    /// <summary>A-ASSOCIATE-RQ with one presentation context, number 1.</summary>
    public static byte[] Request(string called, Uid abstractSyntax, Uid transferSyntax)
    {
        byte[] context = Item(0x20, [1, 0, 0, 0, .. Item(0x30, Ascii(abstractSyntax)), .. Item(0x40, Ascii(transferSyntax))]);
        byte[] user = Item(0x50, [.. Item(0x51, [0, 2, 0, 0]), .. Item(0x52, Encoding.ASCII.GetBytes("2.25.712"))]);
        byte[] body =
        [
            0, 1, 0, 0, .. Encoding.ASCII.GetBytes(called.PadRight(16)), .. Encoding.ASCII.GetBytes("CANNON".PadRight(16)),
            .. new byte[32], .. Item(0x10, Encoding.ASCII.GetBytes("1.2.840.10008.3.1.1.1")), .. context, .. user,
        ];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        return [1, 0, .. length, .. body];
    }

    /// <summary>The longest PDU that an A-ASSOCIATE-AC says it takes.</summary>
    public static int MaxPdu(ReadOnlySpan<byte> body)
    {
        for (int at = ItemsAt; at + 4 <= body.Length; at += 4 + LengthAt(body, at))
        {
            if (body[at] == 0x50)
            {
                uint most = BinaryPrimitives.ReadUInt32BigEndian(body[(at + 8)..]);
                return most == 0 ? 131072 : (int)Math.Min(most, 131072);
            }
        }

        throw new IOException("no maximum length in the answer");
    }

    private static int LengthAt(ReadOnlySpan<byte> body, int at) => BinaryPrimitives.ReadUInt16BigEndian(body[(at + 2)..]);

    private static byte[] Ascii(Uid uid) => Encoding.ASCII.GetBytes(uid.ToString());

    private static byte[] Item(byte type, byte[] value)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)value.Length));
        return [type, 0, .. length, .. value];
    }
}
