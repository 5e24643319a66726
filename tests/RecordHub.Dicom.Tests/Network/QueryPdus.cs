using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>The bytes of queries and retrievals.</summary>
internal static class QueryPdus
{
    public const byte Find = 1;
    public const byte Move = 3;
    public const byte Get = 5;
    public const byte Ct = 7;

    public static byte[] Associate { get; } = SamplePdus.Written(output => PduWriter.WriteRequest(output,
        new AssociateRequestPdu
        {
            CalledAeTitle = "RECORDHUB",
            CallingAeTitle = "CALLER",
            Contexts =
            [
                new PresentationContext(Find, StudyRootFind, [ExplicitLittle]),
                new PresentationContext(Move, QueryRetrieveClass.Of(QueryService.Move, QueryModel.StudyRoot), [ExplicitLittle]),
                new PresentationContext(Get, QueryRetrieveClass.Of(QueryService.Get, QueryModel.StudyRoot), [ExplicitLittle]),
                new PresentationContext(Ct, CtImageStorage, [ExplicitLittle]),
            ],
            User = new UserInformation { MaxPduLength = 16384, Roles = [new RoleSelection(CtImageStorage, false, true)] },
        }));

    public static byte[] GetRequest => Request(
        Get, CommandField.GetRequest, QueryRetrieveClass.Of(QueryService.Get, QueryModel.StudyRoot));

    public static byte[] Command(byte context, ushort field, Uid sopClass) => SamplePdus.Data(context, true, true,
        new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid, sopClass)
            .Add(CommandElement.CommandField, field)
            .Add(CommandElement.MessageId, (ushort)5)
            .Add(CommandElement.Priority, (ushort)0)
            .Add(CommandElement.CommandDataSetType, CommandSet.WithDataSet)
            .Build().Span);

    public static byte[] Request(byte context, ushort field, Uid sopClass)
    {
        ArrayBufferWriter<byte> keys = new();
        DicomFileWriter.WriteDataSet(keys, QueryRig.Keys, TransferSyntax.ExplicitLittleEndian);
        return [.. Command(context, field, sopClass), .. SamplePdus.Data(context, false, true, keys.WrittenSpan)];
    }

    public static byte[] Answer(ushort messageId, ushort status) => SamplePdus.Data(Ct, true, true,
        new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid, CtImageStorage)
            .Add(CommandElement.CommandField, (ushort)0x8001)
            .Add(CommandElement.MessageIdBeingRespondedTo, messageId)
            .Add(CommandElement.CommandDataSetType, CommandSet.NoDataSet)
            .Add(CommandElement.Status, status)
            .Build().Span);

    public static byte[] Cancel(ushort messageId) =>
        SamplePdus.Data(Find, true, true, DimseRequests.Cancel(messageId).Span);
}
