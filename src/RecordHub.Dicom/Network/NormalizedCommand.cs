using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>Reads and writes N-ACTION and N-EVENT-REPORT (PS3.7 §10.3.1, §10.3.4).</summary>
internal static class NormalizedCommand
{
    /// <summary>What the handler is told. An action names what is requested, an event what is affected.</summary>
    public static NormalizedRequest Read(DimseMessage message, AssociationRequest association)
    {
        CommandSet command = message.Command;
        bool isAction = command.CommandField == CommandField.ActionRequest;
        return new NormalizedRequest
        {
            AssociationId = association.AssociationId,
            CallingAeTitle = association.CallingAeTitle,
            CalledAeTitle = association.CalledAeTitle,
            MessageId = command.UInt16(CommandElement.MessageId) ?? 0,
            SopClassUid = command.Uid(
                isAction ? CommandElement.RequestedSopClassUid : CommandElement.AffectedSopClassUid),
            SopInstanceUid = command.Uid(
                isAction ? CommandElement.RequestedSopInstanceUid : CommandElement.AffectedSopInstanceUid),
            TypeId = command.UInt16(isAction ? CommandElement.ActionTypeId : CommandElement.EventTypeId),
            HasDataSet = command.HasDataSet,
            Context = message.Context,
        };
    }

    /// <summary>N-ACTION-RQ with a data set.</summary>
    public static ReadOnlyMemory<byte> Action(ushort messageId, Uid sopClass, Uid sopInstance, ushort actionType) =>
        new CommandSetBuilder()
            .Add(CommandElement.RequestedSopClassUid, sopClass)
            .Add(CommandElement.CommandField, CommandField.ActionRequest)
            .Add(CommandElement.MessageId, messageId)
            .Add(CommandElement.CommandDataSetType, (ushort)1)
            .Add(CommandElement.RequestedSopInstanceUid, sopInstance)
            .Add(CommandElement.ActionTypeId, actionType)
            .Build();

    /// <summary>N-EVENT-REPORT-RQ with a data set.</summary>
    public static ReadOnlyMemory<byte> EventReport(ushort messageId, EventReport report) => new CommandSetBuilder()
        .Add(CommandElement.AffectedSopClassUid, report.SopClassUid)
        .Add(CommandElement.CommandField, CommandField.EventReportRequest)
        .Add(CommandElement.MessageId, messageId)
        .Add(CommandElement.CommandDataSetType, (ushort)1)
        .Add(CommandElement.AffectedSopInstanceUid, report.SopInstanceUid)
        .Add(CommandElement.EventTypeId, report.EventTypeId)
        .Build();
}
