using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Reads the sub-items of the user information item (PS3.7 §D.3.3). Unknown ones are passed over.</summary>
internal static class UserInformationReader
{
    public static UserInformation Read(ref ItemCursor item)
    {
        UserInformation user = new();
        List<RoleSelection> roles = [];
        List<ExtendedNegotiation> extended = [];
        List<CommonExtendedNegotiation> commonExtended = [];
        while (!item.AtEnd)
        {
            ItemCursor sub = item.Item(out byte type);
            switch (type)
            {
                case AssociateItem.MaximumLength:
                    user = user with { MaxPduLength = ReadMaximumLength(ref sub) };
                    break;
                case AssociateItem.ImplementationClassUid:
                    user = user with { ImplementationClassUid = sub.RestAsUid() };
                    break;
                case AssociateItem.ImplementationVersionName:
                    user = user with { ImplementationVersionName = sub.RestAsText() };
                    break;
                case AssociateItem.AsynchronousWindow:
                    user = user with { Window = new AsynchronousWindow(sub.UInt16(), sub.UInt16()) };
                    break;
                case AssociateItem.RoleSelection:
                    roles.Add(new RoleSelection(sub.CountedUid(), sub.Byte() != 0, sub.Byte() != 0));
                    break;
                case AssociateItem.ExtendedNegotiation:
                    extended.Add(new ExtendedNegotiation(sub.CountedUid(), sub.Take(sub.Remaining).ToArray()));
                    break;
                case AssociateItem.CommonExtendedNegotiation:
                    commonExtended.Add(ReadCommonExtended(ref sub));
                    break;
                case AssociateItem.UserIdentity:
                    user = user with { Identity = ReadIdentity(ref sub) };
                    break;
                case AssociateItem.UserIdentityResponse:
                    user = user with { IdentityResponse = sub.Counted().ToArray() };
                    break;
            }
        }

        return user with { Roles = roles, Extended = extended, CommonExtended = commonExtended };
    }

    private static uint ReadMaximumLength(ref ItemCursor sub)
    {
        uint length = sub.UInt32();
        if (length is not 0 and < DimseLimits.MinPduLength)
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        return length;
    }

    private static CommonExtendedNegotiation ReadCommonExtended(ref ItemCursor sub)
    {
        Uid sopClass = sub.CountedUid();
        Uid serviceClass = sub.CountedUid();
        List<Uid> related = [];

        // The related general list was added later; a sender may leave it out.
        ItemCursor list = new(sub.AtEnd ? [] : sub.Counted());
        while (!list.AtEnd)
        {
            related.Add(list.CountedUid());
        }

        return new CommonExtendedNegotiation(sopClass, serviceClass, related);
    }

    private static UserIdentity ReadIdentity(ref ItemCursor sub)
    {
        byte type = sub.Byte();
        bool responseRequested = sub.Byte() != 0;
        byte[] primary = sub.Counted().ToArray();
        byte[] secondary = sub.AtEnd ? [] : sub.Counted().ToArray();
        return new UserIdentity(type, responseRequested, primary, secondary);
    }
}
