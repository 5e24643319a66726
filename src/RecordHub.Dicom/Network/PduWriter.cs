using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Writes PDUs (PS3.8 §9.3).</summary>
internal static class PduWriter
{
    public static void WriteRequest(IBufferWriter<byte> output, AssociateRequestPdu pdu)
    {
        ArrayBufferWriter<byte> body = new(1024);
        WriteFixedPart(body, pdu.ProtocolVersion, pdu.CalledAeTitle, pdu.CallingAeTitle);
        WriteUidItem(body, AssociateItem.ApplicationContext, pdu.ApplicationContext);
        foreach (PresentationContext context in pdu.Contexts)
        {
            ArrayBufferWriter<byte> item = new();
            item.Write<byte>([context.Id, 0, 0, 0]);
            WriteUidItem(item, AssociateItem.AbstractSyntax, context.AbstractSyntax);
            foreach (Uid transferSyntax in context.TransferSyntaxes)
            {
                WriteUidItem(item, AssociateItem.TransferSyntax, transferSyntax);
            }

            WriteItem(body, AssociateItem.ProposedContext, item.WrittenSpan);
        }

        WriteItem(body, AssociateItem.UserInformation, UserInformationWriter.Write(pdu.User));
        WritePdu(output, PduType.AssociateRequest, body.WrittenSpan);
    }

    public static void WriteAccept(IBufferWriter<byte> output, AssociateAcceptPdu pdu)
    {
        ArrayBufferWriter<byte> body = new(1024);
        WriteFixedPart(body, 1, pdu.CalledAeTitle, pdu.CallingAeTitle);
        WriteUidItem(body, AssociateItem.ApplicationContext, WellKnownUids.ApplicationContext);
        foreach (ContextAnswer answer in pdu.Contexts)
        {
            ArrayBufferWriter<byte> item = new();
            item.Write<byte>([answer.Id, 0, (byte)answer.Result, 0]);
            WriteUidItem(item, AssociateItem.TransferSyntax, answer.TransferSyntax);
            WriteItem(body, AssociateItem.AnsweredContext, item.WrittenSpan);
        }

        WriteItem(body, AssociateItem.UserInformation, UserInformationWriter.Write(pdu.User));
        WritePdu(output, PduType.AssociateAccept, body.WrittenSpan);
    }

    public static void WriteReject(IBufferWriter<byte> output, AssociationRejection rejection) =>
        WritePdu(output, PduType.AssociateReject, [0, rejection.Result, rejection.Source, rejection.Reason]);

    public static void WriteReleaseRequest(IBufferWriter<byte> output) =>
        WritePdu(output, PduType.ReleaseRequest, [0, 0, 0, 0]);

    public static void WriteReleaseResponse(IBufferWriter<byte> output) =>
        WritePdu(output, PduType.ReleaseResponse, [0, 0, 0, 0]);

    public static void WriteAbort(IBufferWriter<byte> output, AbortSource source, AbortReason reason) =>
        WritePdu(output, PduType.Abort, [0, 0, (byte)source, (byte)reason]);

    /// <summary>Writes a P-DATA-TF with one presentation data value.</summary>
    public static void WriteData(IBufferWriter<byte> output, byte contextId, bool isCommand, bool isLast,
        ReadOnlySpan<byte> fragment)
    {
        Span<byte> head = output.GetSpan(PduHeader.Size + PdvHeader.Size)[..(PduHeader.Size + PdvHeader.Size)];
        WriteDataHead(head, contextId, isCommand, isLast, fragment.Length);
        output.Advance(head.Length);
        output.Write(fragment);
    }

    private static void WriteDataHead(Span<byte> head, byte contextId, bool isCommand, bool isLast, int length)
    {
        head[0] = (byte)PduType.DataTransfer;
        head[1] = 0;
        BinaryPrimitives.WriteInt32BigEndian(head[2..], length + PdvHeader.Size);
        BinaryPrimitives.WriteInt32BigEndian(head[6..], length + 2);
        head[10] = contextId;
        head[11] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));
    }

    /// <summary>Writes an item: type, reserved byte, 16-bit length, content.</summary>
    internal static void WriteItem(IBufferWriter<byte> output, byte type, ReadOnlySpan<byte> content)
    {
        Span<byte> head = output.GetSpan(4);
        head[0] = type;
        head[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], checked((ushort)content.Length));
        output.Advance(4);
        output.Write(content);
    }

    internal static void WriteUidItem(IBufferWriter<byte> output, byte type, Uid uid) =>
        WriteItem(output, type, System.Text.Encoding.Latin1.GetBytes(uid.ToString()));

    private static void WriteFixedPart(ArrayBufferWriter<byte> body, ushort version, string called, string calling)
    {
        Span<byte> fixedPart = body.GetSpan(68)[..68];
        fixedPart.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart, version);
        WriteAeTitle(fixedPart[4..20], called);
        WriteAeTitle(fixedPart[20..36], calling);
        body.Advance(68);
    }

    private static void WriteAeTitle(Span<byte> field, string title)
    {
        field.Fill((byte)' ');
        System.Text.Encoding.Latin1.GetBytes(title.AsSpan(0, Math.Min(title.Length, field.Length)), field);
    }

    private static void WritePdu(IBufferWriter<byte> output, PduType type, ReadOnlySpan<byte> body)
    {
        Span<byte> head = output.GetSpan(PduHeader.Size);
        head[0] = (byte)type;
        head[1] = 0;
        BinaryPrimitives.WriteInt32BigEndian(head[2..], body.Length);
        output.Advance(PduHeader.Size);
        output.Write(body);
    }
}
