using System.Buffers;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>One of every PDU, as bytes.</summary>
internal static class SamplePdus
{
    public static AssociateRequestPdu Request { get; } = new()
    {
        CalledAeTitle = "RECORDHUB",
        CallingAeTitle = "CALLER",
        Contexts =
        [
            new PresentationContext(1, Verification, [ImplicitLittle]),
            new PresentationContext(3, CtImageStorage, [ExplicitLittle, Jpeg2000, ImplicitLittle]),
            new PresentationContext(5, StudyRootFind, [ImplicitLittle]),
        ],
        User = new UserInformation
        {
            MaxPduLength = 16384,
            ImplementationClassUid = Instance,
            ImplementationVersionName = "TEST_1",
            Window = new AsynchronousWindow(0, 5),
            Roles = [new RoleSelection(CtImageStorage, true, true)],
            Extended = [new ExtendedNegotiation(CtImageStorage, new byte[] { 1, 2, 3, 4, 5, 6 })],
            CommonExtended = [new CommonExtendedNegotiation(CtImageStorage, Verification, [MrImageStorage, Verification])],
            Identity = new UserIdentity(2, true, "name"u8.ToArray(), "word"u8.ToArray()),
        },
    };

    public static AssociateAcceptPdu Accept { get; } = new()
    {
        CalledAeTitle = "RECORDHUB",
        CallingAeTitle = "CALLER",
        Contexts =
        [
            new ContextAnswer(1, PresentationContextResult.Acceptance, ImplicitLittle),
            new ContextAnswer(3, PresentationContextResult.TransferSyntaxesNotSupported, ImplicitLittle),
        ],
        User = new UserInformation
        {
            MaxPduLength = 0,
            ImplementationClassUid = Instance,
            IdentityResponse = "yes"u8.ToArray(),
        },
    };

    public static byte[] RequestBytes => Written(output => PduWriter.WriteRequest(output, Request));

    public static byte[] AcceptBytes => Written(output => PduWriter.WriteAccept(output, Accept));

    public static byte[] RejectBytes =>
        Written(output => PduWriter.WriteReject(output, AssociationRejection.CallingAeTitle));

    public static byte[] DataBytes =>
        Written(output => PduWriter.WriteData(output, 1, isCommand: true, isLast: true, EchoCommand().Span));

    public static byte[] ReleaseRequestBytes => Written(PduWriter.WriteReleaseRequest);

    public static byte[] ReleaseResponseBytes => Written(PduWriter.WriteReleaseResponse);

    public static byte[] AbortBytes =>
        Written(output => PduWriter.WriteAbort(output, AbortSource.Provider, AbortReason.UnexpectedPdu));

    public static IEnumerable<byte[]> All =>
    [
        RequestBytes, AcceptBytes, RejectBytes, DataBytes, ReleaseRequestBytes, ReleaseResponseBytes, AbortBytes,
    ];

    public static ReadOnlyMemory<byte> EchoCommand(ushort messageId = 1) => new CommandSetBuilder()
        .Add(CommandElement.AffectedSopClassUid, Verification)
        .Add(CommandElement.CommandField, CommandField.EchoRequest)
        .Add(CommandElement.MessageId, messageId)
        .Add(CommandElement.CommandDataSetType, CommandSet.NoDataSet)
        .Build();

    public static ReadOnlyMemory<byte> StoreCommand(
        RecordHub.Dicom.DataSet.Uid sopClass, RecordHub.Dicom.DataSet.Uid instance, ushort dataSetType = 1) =>
        new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid, sopClass)
            .Add(CommandElement.CommandField, CommandField.StoreRequest)
            .Add(CommandElement.MessageId, (ushort)7)
            .Add(CommandElement.Priority, (ushort)0)
            .Add(CommandElement.CommandDataSetType, dataSetType)
            .Add(CommandElement.AffectedSopInstanceUid, instance)
            .Add(CommandElement.MoveOriginatorAeTitle, "MOVER")
            .Add(CommandElement.MoveOriginatorMessageId, (ushort)99)
            .Build();

    public static byte[] Data(byte context, bool command, bool last, ReadOnlySpan<byte> fragment)
    {
        ArrayBufferWriter<byte> output = new();
        PduWriter.WriteData(output, context, command, last, fragment);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
