using System.Buffers;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Reads the bodies of A-ASSOCIATE-RQ and -AC (PS3.8 §9.3.2, §9.3.3). Unknown items are passed over.</summary>
internal static class AssociatePduReader
{
    /// <summary>Reads the body of A-ASSOCIATE-RQ.</summary>
    /// <exception cref="AssociationException">A length does not fit, or a context id is even or used twice.</exception>
    public static AssociateRequestPdu ReadRequest(ReadOnlySequence<byte> body)
    {
        ItemCursor cursor = new(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        ushort version = ReadFixedPart(ref cursor, out string called, out string calling);
        Uid applicationContext = Uid.None;
        List<PresentationContext> contexts = [];
        UserInformation? user = null;
        while (!cursor.AtEnd)
        {
            ItemCursor item = cursor.Item(out byte type);
            switch (type)
            {
                case AssociateItem.ApplicationContext:
                    applicationContext = item.RestAsUid();
                    break;
                case AssociateItem.ProposedContext:
                    AddContext(contexts, ReadContext(ref item));
                    break;
                case AssociateItem.UserInformation:
                    user = UserInformationReader.Read(ref item);
                    break;
            }
        }

        return new AssociateRequestPdu
        {
            ProtocolVersion = version,
            CalledAeTitle = called,
            CallingAeTitle = calling,
            ApplicationContext = applicationContext,
            Contexts = contexts,
            User = user ?? new UserInformation(),
        };
    }

    /// <summary>Reads the body of A-ASSOCIATE-AC.</summary>
    /// <exception cref="AssociationException">A length does not fit.</exception>
    public static AssociateAcceptPdu ReadAccept(ReadOnlySequence<byte> body)
    {
        ItemCursor cursor = new(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        ReadFixedPart(ref cursor, out string called, out string calling);
        List<ContextAnswer> contexts = [];
        UserInformation? user = null;
        while (!cursor.AtEnd)
        {
            ItemCursor item = cursor.Item(out byte type);
            switch (type)
            {
                case AssociateItem.AnsweredContext:
                    contexts.Add(ReadAnswer(ref item));
                    break;
                case AssociateItem.UserInformation:
                    user = UserInformationReader.Read(ref item);
                    break;
            }
        }

        return new AssociateAcceptPdu
        {
            CalledAeTitle = called,
            CallingAeTitle = calling,
            Contexts = contexts,
            User = user ?? new UserInformation(),
        };
    }

    private static ushort ReadFixedPart(ref ItemCursor cursor, out string called, out string calling)
    {
        ushort version = cursor.UInt16();
        cursor.Take(2);
        called = ItemCursor.ToText(cursor.Take(16));
        calling = ItemCursor.ToText(cursor.Take(16));
        cursor.Take(32);
        return version;
    }

    private static void AddContext(List<PresentationContext> contexts, PresentationContext context)
    {
        if (context.Id % 2 == 0 || contexts.Exists(other => other.Id == context.Id))
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        contexts.Add(context);
    }

    private static PresentationContext ReadContext(ref ItemCursor item)
    {
        byte id = item.Byte();
        item.Take(3);
        Uid? abstractSyntax = null;
        List<Uid> transferSyntaxes = [];
        while (!item.AtEnd)
        {
            ItemCursor sub = item.Item(out byte type);
            switch (type)
            {
                case AssociateItem.AbstractSyntax when abstractSyntax is not null:
                    throw new AssociationException(AbortReason.UnexpectedPduParameter);
                case AssociateItem.AbstractSyntax:
                    abstractSyntax = sub.RestAsUid();
                    break;
                case AssociateItem.TransferSyntax:
                    transferSyntaxes.Add(sub.RestAsUid());
                    break;
            }
        }

        return new PresentationContext(id, abstractSyntax ?? Uid.None, transferSyntaxes);
    }

    private static ContextAnswer ReadAnswer(ref ItemCursor item)
    {
        byte id = item.Byte();
        item.Byte();
        PresentationContextResult result = (PresentationContextResult)item.Byte();
        item.Byte();
        Uid transferSyntax = Uid.None;
        while (!item.AtEnd)
        {
            ItemCursor sub = item.Item(out byte type);
            if (type == AssociateItem.TransferSyntax)
            {
                transferSyntax = sub.RestAsUid();
            }
        }

        return new ContextAnswer(id, result, transferSyntax);
    }
}
