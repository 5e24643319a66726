using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>A peer that speaks in bytes, and waits for answers before it goes on.</summary>
internal sealed class WirePeer
{
    private readonly DuplexPair _pair = new(Conversation.Inline);

    /// <summary>What the acceptor says of it all, once it is over.</summary>
    public Task<AssociationSummary> Accepting { get; private set; } = null!;

    public static async Task<WirePeer> AssociateAsync(
        IAssociationHandler handler, byte[] request, TimeProvider? time = null)
    {
        WirePeer peer = new();
        peer.Accepting = AssociationAcceptor.RunAsync(
            peer._pair.Acceptor, Conversation.Options with { Services = QueryRig.Serving.Services }, handler,
            time ?? TimeProvider.System, CancellationToken.None);
        await peer.SendAsync(request);
        await peer.ReceiveAsync();
        return peer;
    }

    public Task SendAsync(byte[] bytes) => _pair.SendAsync(bytes);

    /// <summary>The next PDU.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        PipeReader input = _pair.Requestor.Input;
        while (true)
        {
            ReadResult result = await input.ReadAsync();
            byte[] bytes = result.Buffer.ToArray();
            int length = bytes.Length < 6 ? int.MaxValue : 6 + BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(2));
            if (bytes.Length >= length)
            {
                input.AdvanceTo(result.Buffer.GetPosition(length));
                return bytes[..length];
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                throw new EndOfStreamException();
            }
        }
    }

    /// <summary>The next response or request.</summary>
    public async Task<CommandSet> ReceiveCommandAsync() => Conversation.CommandOf(await ReceiveAsync());

    /// <summary>Goes away without a word.</summary>
    public async Task<AssociationSummary> VanishAsync()
    {
        await _pair.CloseRequestorAsync();
        return await Accepting;
    }

    /// <summary>Releases in order.</summary>
    public async Task<AssociationSummary> ReleaseAsync()
    {
        await SendAsync(Conversation.Release);
        byte[] answer = await ReceiveAsync();
        return answer[0] == (byte)PduType.ReleaseResponse
            ? await VanishAsync()
            : throw new InvalidOperationException($"PDU {answer[0]} instead of a release");
    }
}
