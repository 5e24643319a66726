using NUnit.Framework;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Every hostile input over a real socket: the exact last word, never a bare reset, and the service goes on.</summary>
[CancelAfter(60_000)]
public sealed class HostilePeerTests
{
    private DicomDoorHost _host = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _host = await DicomDoorHost.StartAsync(options => options with
    {
        AcceptUnknownCallers = false,
        Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH" }],
    });

    [OneTimeTearDown]
    public async Task ServesStillAsync()
    {
        try
        {
            using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, CancellationToken.None);
            await peer.SendAsync((byte[])[.. Associate(), .. Echo(), .. Release], CancellationToken.None);
            Assert.That(await peer.ReadLastWordAsync(CancellationToken.None), Is.EqualTo(Pdu(6, [0, 0, 0, 0])));
        }
        finally
        {
            await _host.DisposeAsync();
        }
    }

    [TestCaseSource(typeof(HostileInputs), nameof(HostileInputs.All))]
    public async Task A_hostile_peer_hears_the_exact_reason_however_it_sends(byte[] bytes, byte[]? expected)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        Assert.That(await PlayAsync(bytes, [], drip: false, token), Is.EqualTo(expected), "at once");
        if (expected is null)
        {
            // It aborted: there is nobody to be told, and nothing that is waited for.
            return;
        }

        Assert.That(await PlayAsync(bytes, [], drip: true, token), Is.EqualTo(expected), "byte by byte");

        // What is still on its way when we end must not turn our last word into a reset.
        Assert.That(await PlayAsync(bytes, new byte[1 << 20], drip: false, token), Is.EqualTo(expected), "and a megabyte after it");
    }

    [TestCase(1)]
    [TestCase(100)]
    [TestCase(400)]
    public async Task A_peer_that_ends_sending_inside_its_words_is_told_too(int missing)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        byte[] whole = [.. Associate(), .. Store(), .. Data(3, 2, new byte[500])];
        using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
        await peer.SendAsync(whole.AsMemory(0, whole.Length - missing), token);
        peer.EndSending();

        Assert.That(await peer.ReadLastWordAsync(token), Is.EqualTo(Pdu(7, [0, 0, 2, 2])));
        Assert.That(await peer.ReadAsync(token), Is.Null, "and then closed, not reset");
    }

    [Test]
    public async Task An_abort_reaches_a_peer_that_goes_on_sending_without_reading(CancellationToken token)
    {
        using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
        await peer.SendAsync((byte[])[.. Associate(), .. Pdu(0x0A, [1])], token);
        byte[] piece = new byte[1 << 20];
        for (int sent = 0; sent < 24; sent++)
        {
            await peer.SendAsync(piece, token);
        }

        Assert.That((await peer.ReadAsync(token))?[0], Is.EqualTo(2), "A-ASSOCIATE-AC");
        Assert.That(await peer.ReadAsync(token), Is.EqualTo(Pdu(7, [0, 0, 2, 1])));
    }

    [Test]
    public async Task What_a_reader_has_to_ignore_is_ignored(CancellationToken token)
    {
        byte[] request = Associate(
            version: 0x8001, called: " RECORDHUB", calling: "  NORTH\0", reserved: 0xAA,
            contexts: [.. Contexts, Item(0x99, new byte[7])],
            user: [MaxLength(0), Item(0x60, [1, 2, 3]), Item(0xFE), Item(0x53, [0, 0, 0, 0])]);
        using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
        await peer.SendAsync((byte[])[.. request, .. Echo(), .. Release], token);
        byte[]? accepted = await peer.ReadAsync(token);

        Assert.That(accepted?[0], Is.EqualTo(2));
        Assert.That(accepted.AsSpan().IndexOf(Item(0x53, [0, 64, 0, 1])), Is.Positive, "unlimited is our 64");
        foreach ((byte id, byte result) in new (byte, byte)[] { (1, 0), (3, 0), (5, 0), (7, 3) })
        {
            Assert.That(accepted.AsSpan().IndexOf((byte[])[id, 0, result, 0, 0x40]), Is.Positive, $"context {id}");
        }

        Assert.That((await peer.ReadAsync(token))?[0], Is.EqualTo(4));
        Assert.That(await peer.ReadLastWordAsync(token), Is.EqualTo(Pdu(6, [0, 0, 0, 0])));
    }

    [TestCase(8, 8)]
    [TestCase(8, 100, Description = "more than its window: answered one by one all the same")]
    [TestCase(0, 200)]
    public async Task Requests_sent_ahead_are_all_answered_in_their_order(int window, int sent)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        int received = _host.Received.Count;
        using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
        await peer.SendAsync(Associate(user: [MaxLength(0), Item(0x53, [0, (byte)window, 0, 1])]), token);
        Assert.That((await peer.ReadAsync(token))?[0], Is.EqualTo(2));
        await peer.SendAsync(
            (byte[])[.. Enumerable.Range(1, sent).SelectMany(id => (byte[])[.. Store((ushort)id), .. Data(3, 2, new byte[100])])], token);

        for (int id = 1; id <= sent; id++)
        {
            byte[]? answer = await peer.ReadAsync(token);
            Assert.That(answer.AsSpan().IndexOf(Element(0, 0x0120, Word((ushort)id))), Is.Positive);
            Assert.That(answer.AsSpan().IndexOf(Element(0, 0x0900, Word(DimseStatus.Success))), Is.Positive);
        }

        Assert.That(_host.Received.Count - received, Is.EqualTo(sent));
    }

    [TestCase(8u)]
    [TestCase(9u)]
    [TestCase(4097u)]
    [TestCase(0xFFFF_FFFFu)]
    public async Task A_peers_odd_limits_are_kept_and_do_not_disturb_us(uint limit)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
        await peer.SendAsync((byte[])[.. Associate(user: [MaxLength(limit)]), .. Echo(), .. Release], token);
        List<byte[]> said = [];
        while (await peer.ReadAsync(token) is { } pdu)
        {
            said.Add(pdu);
        }

        Assert.That(said[0][0], Is.EqualTo(2));
        Assert.That(said[^1][0], Is.EqualTo(6));
        Assert.That(said[1..^1], Is.Not.Empty.And.All.Matches<byte[]>(pdu => pdu[0] == 4 && pdu.Length - 6 <= limit && pdu.Length % 2 == 0));
    }

    [Test]
    public async Task A_conversation_cut_at_any_byte_keeps_a_whole_instance_or_none(CancellationToken token)
    {
        byte[] untilStored = [.. Associate(), .. Echo(), .. Store(), .. Data(3, 0, new byte[30]), .. Data(3, 2, new byte[70])];
        byte[] whole = [.. untilStored, .. Echo(2), .. Release];
        int expected = _host.Received.Count;
        for (int cut = 1; cut <= whole.Length; cut++)
        {
            using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
            await peer.SendAsync(whole.AsMemory(0, cut), token);
            peer.EndSending();
            byte[]? last = await peer.ReadLastWordAsync(token);
            expected += cut >= untilStored.Length ? 1 : 0;

            Assert.That(last?[0], Is.EqualTo(cut == whole.Length ? 6 : 7), $"cut at {cut}");
            Assert.That(_host.Received, Has.Count.EqualTo(expected), $"cut at {cut}");
        }

        for (int cut = 1; cut < untilStored.Length; cut += 5)
        {
            using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
            await peer.SendAsync(whole.AsMemory(0, cut), token);
            peer.Reset();
        }

        using RawPeer after = await RawPeer.ConnectAsync(_host.Port, token);
        await after.SendAsync(whole, token);
        Assert.That((await after.ReadLastWordAsync(token))?[0], Is.EqualTo(6));
        Assert.That(_host.Received, Has.Count.EqualTo(expected + 1));
        Assert.That(_host.Received.Select(item => item.Content.Length).Distinct().Count(), Is.EqualTo(1));
    }

    private async Task<byte[]?> PlayAsync(byte[] bytes, byte[] after, bool drip, CancellationToken token)
    {
        using RawPeer peer = await RawPeer.ConnectAsync(_host.Port, token);
        if (drip)
        {
            // The long ones drip in larger drops.
            foreach (byte[] drop in bytes.Chunk(Math.Max(1, bytes.Length / 500)))
            {
                await peer.SendAsync(drop, token);
            }
        }
        else
        {
            await peer.SendAsync((byte[])[.. bytes, .. after], token);
        }

        return await peer.ReadLastWordAsync(token);
    }
}
