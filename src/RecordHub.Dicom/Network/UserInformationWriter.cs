using System.Buffers;
using System.Buffers.Binary;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Writes the sub-items of the user information item in rising order, which old peers expect.</summary>
internal static class UserInformationWriter
{
    public static ReadOnlySpan<byte> Write(UserInformation user)
    {
        ArrayBufferWriter<byte> output = new(256);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, user.MaxPduLength);
        PduWriter.WriteItem(output, AssociateItem.MaximumLength, four);
        if (!user.ImplementationClassUid.IsNone)
        {
            PduWriter.WriteUidItem(output, AssociateItem.ImplementationClassUid, user.ImplementationClassUid);
        }

        if (user.Window is { } window)
        {
            BinaryPrimitives.WriteUInt16BigEndian(four, window.Invoked);
            BinaryPrimitives.WriteUInt16BigEndian(four[2..], window.Performed);
            PduWriter.WriteItem(output, AssociateItem.AsynchronousWindow, four);
        }

        foreach (RoleSelection role in user.Roles)
        {
            PduWriter.WriteItem(output, AssociateItem.RoleSelection,
                [.. Counted(role.SopClass), (byte)(role.Scu ? 1 : 0), (byte)(role.Scp ? 1 : 0)]);
        }

        if (user.ImplementationVersionName is { } version)
        {
            PduWriter.WriteItem(
                output, AssociateItem.ImplementationVersionName, System.Text.Encoding.Latin1.GetBytes(version));
        }

        foreach (ExtendedNegotiation extended in user.Extended)
        {
            PduWriter.WriteItem(output, AssociateItem.ExtendedNegotiation,
                [.. Counted(extended.SopClass), .. extended.Information.Span]);
        }

        foreach (CommonExtendedNegotiation common in user.CommonExtended)
        {
            byte[] related = [.. common.RelatedGeneral.SelectMany(Counted)];
            PduWriter.WriteItem(output, AssociateItem.CommonExtendedNegotiation,
                [.. Counted(common.SopClass), .. Counted(common.ServiceClass), .. Counted(related)]);
        }

        if (user.Identity is { } identity)
        {
            PduWriter.WriteItem(output, AssociateItem.UserIdentity,
                [identity.Type, (byte)(identity.ResponseRequested ? 1 : 0),
                    .. Counted(identity.Primary.Span), .. Counted(identity.Secondary.Span)]);
        }

        if (user.IdentityResponse is { } response)
        {
            PduWriter.WriteItem(output, AssociateItem.UserIdentityResponse, Counted(response.Span));
        }

        return output.WrittenSpan;
    }

    private static byte[] Counted(Uid uid) => Counted(System.Text.Encoding.Latin1.GetBytes(uid.ToString()));

    private static byte[] Counted(ReadOnlySpan<byte> value)
    {
        byte[] counted = new byte[value.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(counted, checked((ushort)value.Length));
        value.CopyTo(counted.AsSpan(2));
        return counted;
    }
}
