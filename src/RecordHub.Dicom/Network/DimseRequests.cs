using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Command sets of requests (PS3.7 §9.3).</summary>
internal static class DimseRequests
{
    public static ReadOnlyMemory<byte> Echo(ushort messageId) => new CommandSetBuilder()
        .Add(CommandElement.AffectedSopClassUid, WellKnownUids.Verification)
        .Add(CommandElement.CommandField, CommandField.EchoRequest)
        .Add(CommandElement.MessageId, messageId)
        .Add(CommandElement.CommandDataSetType, CommandSet.NoDataSet)
        .Build();

    /// <summary>C-STORE-RQ, by itself or as a sub-operation of a C-MOVE.</summary>
    public static ReadOnlyMemory<byte> Store(ushort messageId, Uid sopClass, Uid sopInstance, MoveOriginator? originator)
    {
        CommandSetBuilder command = new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid, sopClass)
            .Add(CommandElement.CommandField, CommandField.StoreRequest)
            .Add(CommandElement.MessageId, messageId)
            .Add(CommandElement.Priority, (ushort)0)
            .Add(CommandElement.CommandDataSetType, CommandSet.WithDataSet)
            .Add(CommandElement.AffectedSopInstanceUid, sopInstance);
        if (originator is not null)
        {
            command
                .Add(CommandElement.MoveOriginatorAeTitle, originator.AeTitle)
                .Add(CommandElement.MoveOriginatorMessageId, originator.MessageId);
        }

        return command.Build();
    }

    /// <summary>C-FIND-RQ, C-MOVE-RQ or C-GET-RQ; only C-MOVE has a destination.</summary>
    public static ReadOnlyMemory<byte> Query(
        ushort messageId, Uid sopClass, QueryService service, string? moveDestination)
    {
        CommandSetBuilder command = new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid, sopClass)
            .Add(CommandElement.CommandField, QueryCommand.FieldOf(service))
            .Add(CommandElement.MessageId, messageId);
        if (moveDestination is not null)
        {
            command.Add(CommandElement.MoveDestination, moveDestination);
        }

        return command
            .Add(CommandElement.Priority, (ushort)0)
            .Add(CommandElement.CommandDataSetType, CommandSet.WithDataSet)
            .Build();
    }

    public static ReadOnlyMemory<byte> Cancel(ushort messageId) => new CommandSetBuilder()
        .Add(CommandElement.CommandField, CommandField.CancelRequest)
        .Add(CommandElement.MessageIdBeingRespondedTo, messageId)
        .Add(CommandElement.CommandDataSetType, CommandSet.NoDataSet)
        .Build();
}
