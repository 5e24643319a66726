using System.Buffers;
using System.Buffers.Binary;

namespace RecordHub.Dicom.Network;

/// <summary>Reads headers and bodies of PDUs off a buffer; a buffer that is too short is left untouched.</summary>
internal static class PduReader
{
    /// <summary>Reads a PDU header. False: more bytes are needed.</summary>
    /// <exception cref="AssociationException">The type is none; noticed on the first byte.</exception>
    public static bool TryReadHeader(ref ReadOnlySequence<byte> buffer, out PduHeader header)
    {
        header = default;
        if (buffer.IsEmpty)
        {
            return false;
        }

        // A browser or a port scanner is sent away on its first byte, not after a time-out.
        byte type = buffer.FirstSpan.IsEmpty ? buffer.Slice(0, 1).ToArray()[0] : buffer.FirstSpan[0];
        if (type is < (byte)PduType.AssociateRequest or > (byte)PduType.Abort)
        {
            throw new AssociationException(AbortReason.UnrecognizedPdu);
        }

        if (buffer.Length < PduHeader.Size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[PduHeader.Size];
        buffer.Slice(0, PduHeader.Size).CopyTo(bytes);
        header = new PduHeader((PduType)type, BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));
        buffer = buffer.Slice(PduHeader.Size);
        return true;
    }

    /// <summary>Reads the body of a PDU whose length was checked. False: more bytes are needed.</summary>
    public static bool TryReadBody(
        ref ReadOnlySequence<byte> buffer, PduHeader header, out ReadOnlySequence<byte> body)
    {
        body = default;
        if (buffer.Length < header.Length)
        {
            return false;
        }

        body = buffer.Slice(0, header.Length);
        buffer = buffer.Slice(body.End);
        return true;
    }

    /// <summary>Reads the head of a presentation data value. False: more bytes are needed.</summary>
    /// <param name="buffer">Starts at the item length.</param>
    /// <param name="pduRemaining">Bytes left in the PDU, which the item must fit in.</param>
    /// <param name="pdv">The head.</param>
    /// <exception cref="AssociationException">The item does not fit in its PDU.</exception>
    public static bool TryReadPdvHeader(ref ReadOnlySequence<byte> buffer, uint pduRemaining, out PdvHeader pdv)
    {
        pdv = default;
        if (pduRemaining < PdvHeader.Size)
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        if (buffer.Length < PdvHeader.Size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[PdvHeader.Size];
        buffer.Slice(0, PdvHeader.Size).CopyTo(bytes);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (length < 2 || length > pduRemaining - 4)
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        pdv = new PdvHeader(bytes[4], (bytes[5] & 1) != 0, (bytes[5] & 2) != 0, length - 2);
        buffer = buffer.Slice(PdvHeader.Size);
        return true;
    }

    /// <summary>Reads result, source and reason of A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
    public static AssociationRejection ReadRejection(ReadOnlySequence<byte> body)
    {
        Span<byte> bytes = ReadFour(body, stackalloc byte[4]);
        return new AssociationRejection(bytes[1], bytes[2], bytes[3]);
    }

    /// <summary>Reads source and reason of A-ABORT (PS3.8 §9.3.8); a user's abort has no reason.</summary>
    public static AbortReason ReadAbort(ReadOnlySequence<byte> body)
    {
        Span<byte> bytes = ReadFour(body, stackalloc byte[4]);
        return bytes[2] == 2 ? (AbortReason)bytes[3] : AbortReason.NotSpecified;
    }

    private static Span<byte> ReadFour(ReadOnlySequence<byte> body, Span<byte> bytes)
    {
        if (body.Length != bytes.Length)
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        body.CopyTo(bytes);
        return bytes;
    }
}
