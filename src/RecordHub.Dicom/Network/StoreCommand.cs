namespace RecordHub.Dicom.Network;

/// <summary>Reads and checks C-STORE-RQ (PS3.7 §9.3.1.1).</summary>
internal static class StoreCommand
{
    /// <summary>Refuses what cannot be stored whatever its data set; null when nothing is against it.</summary>
    public static StoreResponse? Refuse(DimseMessage message, AcceptorOptions options, UserInformation user)
    {
        CommandSet command = message.Command;
        var sopClass = command.Uid(CommandElement.AffectedSopClassUid);
        if (sopClass.IsNone)
        {
            return command.Text(CommandElement.AffectedSopClassUid) is null
                ? new StoreResponse(DimseStatus.MistypedArgument, "Affected SOP Class UID is missing", [0x0000_0002])
                : new StoreResponse(DimseStatus.SopClassNotSupported, "Affected SOP Class UID is not a UID", [0x0000_0002]);
        }

        CommonExtendedNegotiation? common = Negotiator.Common(user, sopClass);
        if (message.Context.AbstractSyntax == WellKnownUids.Verification
            || options.Services.Contains(message.Context.AbstractSyntax)
            || !AcceptedSyntaxes.IsStorage(sopClass, options, common))
        {
            return new StoreResponse(DimseStatus.SopClassNotSupported, "Not a storage SOP class here", [0x0000_0002]);
        }

        // On the context of another class only what the sender has said to be a special case of it (PS3.7 §D.3.3.6).
        if (sopClass != message.Context.AbstractSyntax && common?.RelatedGeneral.Contains(message.Context.AbstractSyntax) != true)
        {
            return new StoreResponse(
                DimseStatus.SopClassNotSupported, "The SOP class is not that of the presentation context", [0x0000_0002]);
        }

        if (!message.Context.RequestorIsScu)
        {
            return new StoreResponse(DimseStatus.NotAuthorized, "The sender took no SCU role for this SOP class");
        }

        if (command.Uid(CommandElement.AffectedSopInstanceUid).IsNone)
        {
            return new StoreResponse(
                DimseStatus.InvalidSopInstance, "Affected SOP Instance UID is missing or not a UID", [0x0000_1000]);
        }

        return command.HasDataSet
            ? null
            : new StoreResponse(DimseStatus.CannotUnderstand, "C-STORE without a data set", [0x0000_0800]);
    }

    /// <summary>The same for a sub-operation of our own C-GET: what it may be was settled by the contexts.</summary>
    public static StoreResponse? RefuseSubOperation(DimseMessage message)
    {
        if (!message.Context.RequestorIsScp || message.Command.Uid(CommandElement.AffectedSopClassUid).IsNone)
        {
            return new StoreResponse(DimseStatus.SopClassNotSupported, "Not a SOP class that was agreed on", [0x0000_0002]);
        }

        if (message.Command.Uid(CommandElement.AffectedSopInstanceUid).IsNone)
        {
            return new StoreResponse(
                DimseStatus.InvalidSopInstance, "Affected SOP Instance UID is missing or not a UID", [0x0000_1000]);
        }

        return message.Command.HasDataSet
            ? null
            : new StoreResponse(DimseStatus.CannotUnderstand, "C-STORE without a data set", [0x0000_0800]);
    }

    /// <summary>What the handler is told.</summary>
    public static StoreRequest Read(DimseMessage message, AssociationRequest association)
    {
        CommandSet command = message.Command;
        return new StoreRequest
        {
            AssociationId = association.AssociationId,
            CallingAeTitle = association.CallingAeTitle,
            CalledAeTitle = association.CalledAeTitle,
            MessageId = command.UInt16(CommandElement.MessageId) ?? 0,
            SopClassUid = command.Uid(CommandElement.AffectedSopClassUid),
            SopInstanceUid = command.Uid(CommandElement.AffectedSopInstanceUid),
            Context = message.Context,
            MoveOriginatorAeTitle = command.Text(CommandElement.MoveOriginatorAeTitle),
            MoveOriginatorMessageId = command.UInt16(CommandElement.MoveOriginatorMessageId),
        };
    }
}
