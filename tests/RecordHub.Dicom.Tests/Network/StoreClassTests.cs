using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.Conversation;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>The SOP class of a C-STORE and that of its context (PS3.7 §9.1.1).</summary>
[CancelAfter(30_000)]
public sealed class StoreClassTests
{
    private const byte Mr = 5;

    [Test]
    public async Task A_class_that_is_not_the_contexts_is_0122()
    {
        (CommandSet response, RecordingHandler handler) = await StoreAsync(Associate, SamplePdus.StoreCommand(CtImageStorage, Instance));

        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(0x0122));
        Assert.That(response.Text(CommandElement.ErrorComment), Does.Contain("presentation context"));
        Assert.That(response.Tags(CommandElement.OffendingElement), Is.EqualTo(new[] { 0x0000_0002u }));
        Assert.That(handler.Stores, Is.Empty);
    }

    [Test]
    public async Task A_class_that_is_no_uid_is_0122()
    {
        byte[] command = SamplePdus.StoreCommand(MrImageStorage, Instance).ToArray();
        int value = command.AsSpan().IndexOf("1.2.840"u8);
        command[value] = (byte)'x';
        (CommandSet response, RecordingHandler handler) = await StoreAsync(Associate, command);

        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(0x0122));
        Assert.That(response.Text(CommandElement.ErrorComment), Does.Contain("not a UID"));
        Assert.That(handler.Stores, Is.Empty);
    }

    [Test]
    public async Task A_class_that_the_sender_has_related_to_the_contexts_is_taken()
    {
        byte[] associate = SamplePdus.Written(output => PduWriter.WriteRequest(output, new AssociateRequestPdu
        {
            CalledAeTitle = "RECORDHUB",
            CallingAeTitle = "CALLER",
            Contexts = [new PresentationContext(Mr, MrImageStorage, [ImplicitLittle])],
            User = new UserInformation
            {
                MaxPduLength = 16384,
                CommonExtended =
                    [new CommonExtendedNegotiation(CtImageStorage, WellKnownUids.StorageServiceClass, [MrImageStorage])],
            },
        }));
        (CommandSet response, RecordingHandler handler) = await StoreAsync(associate, SamplePdus.StoreCommand(CtImageStorage, Instance));

        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.Success));
        Assert.That(handler.Stores.Single().Request.SopClassUid, Is.EqualTo(CtImageStorage));
    }

    private static async Task<(CommandSet Response, RecordingHandler Handler)> StoreAsync(
        byte[] associate, ReadOnlyMemory<byte> command)
    {
        RecordingHandler handler = new();
        (AssociationSummary summary, byte[] reply) = await PlayAsync(
            handler, associate, SamplePdus.Data(Mr, true, true, command.Span), SamplePdus.Data(Mr, false, true, Payload), Release);
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released));
        return (CommandOf(Split(reply)[1]), handler);
    }
}
