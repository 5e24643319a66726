using System.Buffers.Binary;
using System.IO.Pipelines;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Plays bytes to the acceptor, and reads back what it said.</summary>
internal static class Conversation
{
    // Inline, so that the acceptor has run as far as it can with each chunk before the next is there.
    public static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0, useSynchronizationContext: false);

    public static readonly AcceptorOptions Options = new() { MaxPduLength = 4096 };

    /// <summary>Contexts: 1 Verification, 3 CT explicit, 5 MR implicit.</summary>
    public static byte[] Associate { get; } = SamplePdus.Written(output => PduWriter.WriteRequest(output,
        new AssociateRequestPdu
        {
            CalledAeTitle = "RECORDHUB",
            CallingAeTitle = "CALLER",
            Contexts =
            [
                new PresentationContext(1, Verification, [ImplicitLittle]),
                new PresentationContext(3, CtImageStorage, [ExplicitLittle]),
                new PresentationContext(5, MrImageStorage, [ImplicitLittle]),
            ],
            User = new UserInformation { MaxPduLength = 16384 },
        }));

    public static byte[] Echo { get; } = SamplePdus.Data(1, true, true, SamplePdus.EchoCommand().Span);

    public static byte[] Store { get; } = SamplePdus.Data(
        3, true, true, SamplePdus.StoreCommand(CtImageStorage, Instance).Span);

    public static byte[] Payload { get; } = [.. Enumerable.Range(0, 60).Select(i => (byte)i)];

    /// <summary>A data set in two PDUs, the first with two values.</summary>
    public static byte[] StoreWithDataSet { get; } =
    [
        .. Store, .. Joined(SamplePdus.Data(3, false, false, Payload.AsSpan(0, 10)), SamplePdus.Data(3, false, false, Payload.AsSpan(10, 20))),
        .. SamplePdus.Data(3, false, true, Payload.AsSpan(30)),
    ];

    public static byte[] Release => SamplePdus.ReleaseRequestBytes;

    public static byte[] Whole { get; } = [.. Associate, .. Echo, .. StoreWithDataSet, .. Echo, .. Release];

    public static async Task<(AssociationSummary Summary, byte[] Reply)> PlayAsync(
        IAssociationHandler handler, params byte[][] chunks)
    {
        DuplexPair pair = new(Inline);
        Task<AssociationSummary> accepting =
            AssociationAcceptor.RunAsync(pair.Acceptor, Options, handler, TimeProvider.System, CancellationToken.None);
        foreach (byte[] chunk in chunks)
        {
            await pair.SendAsync(chunk);
        }

        await pair.CloseRequestorAsync();
        AssociationSummary summary;
        try
        {
            summary = await accepting;
        }
        finally
        {
            await pair.Acceptor.Output.CompleteAsync();
        }

        return (summary, await pair.ReceiveAllAsync());
    }

    /// <summary>The replies, PDU by PDU.</summary>
    public static List<byte[]> Split(byte[] reply)
    {
        List<byte[]> pdus = [];
        for (int offset = 0; offset < reply.Length;)
        {
            int length = 6 + BinaryPrimitives.ReadInt32BigEndian(reply.AsSpan(offset + 2));
            pdus.Add(reply[offset..(offset + length)]);
            offset += length;
        }

        return pdus;
    }

    /// <summary>The command of a reply's P-DATA-TF.</summary>
    public static CommandSet CommandOf(byte[] pdu) => CommandSet.Parse(pdu.AsMemory(12));

    /// <summary>Two P-DATA-TF made one with two values.</summary>
    private static byte[] Joined(byte[] first, byte[] second)
    {
        byte[] joined = [.. first, .. second[6..]];
        BinaryPrimitives.WriteInt32BigEndian(joined.AsSpan(2), joined.Length - 6);
        return joined;
    }
}
