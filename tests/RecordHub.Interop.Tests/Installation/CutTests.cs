using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Senders that end in the middle, at bytes taken by lot: what was answered is there, and nothing of the rest.</summary>
[CancelAfter(300_000)]
public sealed class CutTests
{
    private const int Senders = 90;
    private const int Images = 3;
    private const int Fragment = 4_000;
    private static readonly byte[] s_abort = Pdu(7, [0, 0, 0, 0]);
    private string _folder = string.Empty;

    private enum Ending { Abort, HalfClose, Reset, Silence }

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("cut-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Nothing_answered_is_lost_and_nothing_partial_is_seen(CancellationToken token)
    {
        Random random = new(20261125);
        HashSet<string> sent = new(StringComparer.Ordinal);
        HashSet<string> answered = new(StringComparer.Ordinal);
        await using LossHub hub = await LossHub.StartAsync(Path.Combine(_folder, "data"), token);
        List<RawPeer> silent = [];
        try
        {
            for (int i = 1; i <= Senders; i++)
            {
                string study = $"2.25.55{i:D3}";
                byte[] stream = [.. Enumerable.Range(1, Images).SelectMany(number => StoreRequest(study, number))];
                int cut = random.Next(1, stream.Length);
                Ending ending = (Ending)(i % 4);
                RawPeer peer = await RawPeer.ConnectAsync(hub.Process.Dicom.Port, token);
                await peer.SendAsync(Associate(called: hub.AeTitle), token);
                Assert.That((await peer.ReadAsync(token))?[0], Is.EqualTo(2));
                await peer.SendAsync(stream.AsMemory(0, cut), token);
                sent.UnionWith(Enumerable.Range(1, Images).Select(number => LossHub.InstanceOf(study, number).ToString()));
                for (int whole = cut / (stream.Length / Images), number = 1; number <= whole; number++)
                {
                    byte[]? response = await peer.ReadAsync(token);
                    Assert.That(response?[0], Is.EqualTo(4), "the answer to a whole image");
                    Assert.That(StatusOf(response!), Is.Zero);
                    answered.Add(LossHub.InstanceOf(study, number).ToString());
                }

                await EndAsync(peer, ending, silent, token);
            }

            IReadOnlyList<string> present = await hub.InstancesAsync(token);
            Assert.That(answered, Has.Count.GreaterThan(Senders / 2));
            Assert.That(present, Is.EquivalentTo(answered), "what was answered, and no more");
            Assert.That(await hub.Process.Client.GetStringAsync("api/inbox", token), Does.Not.Contain("2.25.55"));
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    private static async Task EndAsync(RawPeer peer, Ending ending, List<RawPeer> silent, CancellationToken token)
    {
        switch (ending)
        {
            case Ending.Silence:
                silent.Add(peer);
                return;
            case Ending.Reset:
                peer.Reset();
                return;
            case Ending.Abort:
                await peer.SendAsync(s_abort, token);
                break;
            default:
                peer.EndSending();
                break;
        }

        peer.Dispose();
    }

    // Explicit VR is not offered by Associate(): the data set goes in implicit VR, in fragments.
    private static byte[] StoreRequest(string study, int number)
    {
        string uid = LossHub.InstanceOf(study, number).ToString();
        byte[] data = TestSender.Bytes(LossHub.Image(study, number, pixels: 20_000), TransferSyntax.ImplicitLittleEndian);
        List<byte> stream =
        [
            .. Data(3, 3, Command(
                (0x0002, Text(Ct + "\0")), (0x0100, Word(1)), (0x0110, Word((ushort)number)), (0x0700, Word(0)),
                (0x0800, Word(1)), (0x1000, Text(uid.Length % 2 == 0 ? uid : uid + "\0")))),
        ];
        for (int at = 0; at < data.Length; at += Fragment)
        {
            int length = Math.Min(Fragment, data.Length - at);
            stream.AddRange(Data(3, (byte)(at + length == data.Length ? 2 : 0), data[at..(at + length)]));
        }

        return [.. stream];
    }

    // The value of (0000,0900) in the command of a response.
    private static int StatusOf(byte[] response)
    {
        int at = response.AsSpan().IndexOf(new byte[] { 0, 0, 0, 9, 2, 0, 0, 0 });
        return response[at + 8] | (response[at + 9] << 8);
    }
}
