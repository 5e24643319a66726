using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Server.Dicom;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Many connections that only hold the line, and many that ask at once.</summary>
[CancelAfter(120_000)]
[NonParallelizable]
public sealed class DicomFloodTests
{
    private const int BytesPerConnection = 64 * 1024;
    private static readonly byte[] s_congestion = Pdu(3, [0, 2, 3, 1]);
    private static readonly byte[] s_limit = Pdu(3, [0, 2, 3, 2]);

    [TestCase(false, Description = "all of them held")]
    [TestCase(true, Description = "the default limits")]
    public async Task Five_thousand_silent_connections_do_not_delay_a_sender(bool defaults)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        int count = Math.Min(5_000, OpenFilesLimit() / 3);
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(
            options => defaults ? options : options with { DicomLimits = Holding(count + 100) });
        TimeSpan before = await EchoTimeAsync(host.Port, token);
        long memory = Memory();
        List<RawPeer> silent = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                silent.Add(await RawPeer.ConnectAsync(host.Port, token));
            }

            TimeSpan during = await EchoTimeAsync(host.Port, token);
            long each = (Memory() - memory) / count;
            int waiting = host.Services.GetRequiredService<ConnectionGate>().Waiting;
            await TestContext.Out.WriteLineAsync(
                $"{count} silent connections, {waiting} held: an echo takes {during.TotalMilliseconds:F0} ms, without them "
                + $"{before.TotalMilliseconds:F0} ms; {each} bytes of memory each, both ends in this process");
            Assert.That(during - before, Is.LessThan(TimeSpan.FromSeconds(1)));
            Assert.That(each, Is.LessThan(BytesPerConnection));
            Assert.That(waiting, defaults ? Is.LessThanOrEqualTo(new DicomLimits().MaxWaiting) : Is.GreaterThanOrEqualTo(count));
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    [Test]
    public async Task Requests_that_never_end_cost_no_more_than_64_kilobytes_each(CancellationToken token)
    {
        const int count = 500;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(
            options => options with { DicomLimits = Holding(count + 100) });
        byte[] begun = new byte[60 * 1024];
        new byte[] { 1, 0, 0, 0, 0xF0, 0 }.CopyTo(begun, 0);
        await EchoTimeAsync(host.Port, token);
        long memory = Memory();
        List<RawPeer> peers = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                peers.Add(await RawPeer.ConnectAsync(host.Port, token));
                await peers[i].SendAsync(begun, token);
            }

            await EchoTimeAsync(host.Port, token);
            long each = (Memory() - memory) / count;
            await TestContext.Out.WriteLineAsync($"{count} requests of 60 KiB without their end: {each} bytes of memory each");
            Assert.That(each, Is.LessThan(BytesPerConnection + (16 * 1024)), "with the client's end of it");
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    [Test]
    public async Task The_connection_that_waited_longest_makes_room_and_hears_of_congestion(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            DicomLimits = new DicomLimits { MaxWaiting = 100, MaxWaitingPerAddress = 20 },
        });
        List<RawPeer> silent = [];
        try
        {
            for (int i = 0; i < 60; i++)
            {
                silent.Add(await RawPeer.ConnectAsync(host.Port, token));
            }

            Assert.That(await EchoTimeAsync(host.Port, token), Is.LessThan(TimeSpan.FromSeconds(20)), "who speaks finds room");
            int told = 0;
            await foreach (Task<byte[]?> word in Task.WhenEach(silent.Take(59).Select(peer => peer.ReadAsync(token))))
            {
                Assert.That(await word, Is.EqualTo(s_congestion));
                if (++told == 40)
                {
                    break;
                }
            }

            // The last one is there still, and may ask.
            await silent[^1].SendAsync((byte[])[.. Associate(), .. Release], token);
            Assert.That(await silent[^1].ReadLastWordAsync(token), Is.EqualTo(Pdu(6, [0, 0, 0, 0])));
            (_, string line) = await host.Log.NextAsync(1005, token);
            Assert.That(line, Does.Contain("Dicom:MaxWaiting"));
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    [Test]
    public async Task A_flood_of_requests_ends_in_local_limit_exceeded_and_service_goes_on(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with { MaxAssociations = 20 });
        RawPeer[] peers = [];
        try
        {
            byte[]?[] answers = new byte[]?[200];
            peers = await Task.WhenAll(answers.Select(_ => RawPeer.ConnectAsync(host.Port, token)));
            await Task.WhenAll(peers.Select(async (peer, i) =>
            {
                await peer.SendAsync(Associate(), token);
                answers[i] = await peer.ReadAsync(token);
            }));

            Assert.That(answers.Count(answer => answer?[0] == 2), Is.EqualTo(20));
            Assert.That(answers.Where(answer => answer?[0] != 2), Is.All.EqualTo(s_limit));
            foreach (RawPeer served in peers.Where((_, i) => answers[i]?[0] == 2))
            {
                await served.SendAsync((byte[])[.. Echo(), .. Release], token);
                Assert.That((await served.ReadAsync(token))?[0], Is.EqualTo(4));
                Assert.That(await served.ReadLastWordAsync(token), Is.EqualTo(Pdu(6, [0, 0, 0, 0])));
            }
        }
        finally
        {
            Array.ForEach(peers, peer => peer.Dispose());
        }

        await UntilServedAsync(host.Port, token);
    }

    [Test]
    public async Task A_browser_on_the_port_makes_us_allocate_nothing_big(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        byte[] request = Text("GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x\r\n\r\n");
        await BrowseAsync(host.Port, request, token);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 100; i++)
        {
            await BrowseAsync(host.Port, request, token);
        }

        long each = (GC.GetTotalAllocatedBytes(precise: true) - before) / 100;
        await TestContext.Out.WriteLineAsync($"An HTTP request on the DICOM port allocates {each} bytes, both ends counted");
        Assert.That(each, Is.LessThan(256 * 1024));
    }

    [Test]
    public async Task Connections_that_nobody_closes_are_ended_by_artim_and_leave_nothing(CancellationToken token)
    {
        FakeTimeProvider time = new();
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(time: time);
        ConnectionGate gate = host.Services.GetRequiredService<ConnectionGate>();
        List<RawPeer> silent = [];
        try
        {
            for (int i = 0; i < 50; i++)
            {
                silent.Add(await RawPeer.ConnectAsync(host.Port, token));
            }

            await UntilAsync(() => gate.Waiting == 50, token);
            await UntilAsync(
                () =>
                {
                    // A connection counts before its own timer runs, so time goes on until the last has seen its own pass.
                    time.Advance(new DicomLimits().Artim);
                    return gate.Waiting == 0;
                },
                token);

            foreach (RawPeer peer in silent)
            {
                Assert.That(await peer.ReadAsync(token), Is.Null, "closed without a word");
            }
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    private static DicomLimits Holding(int count) => new() { MaxWaiting = count, MaxWaitingPerAddress = count };

    private static async Task BrowseAsync(int port, byte[] request, CancellationToken token)
    {
        using RawPeer peer = await RawPeer.ConnectAsync(port, token);
        await peer.SendAsync(request, token);
        Assert.That(await peer.ReadAsync(token), Is.EqualTo(Pdu(7, [0, 0, 2, 1])));
    }

    /// <summary>The best of three, as the machine has other work too.</summary>
    private static async Task<TimeSpan> EchoTimeAsync(int port, CancellationToken token)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            long started = Stopwatch.GetTimestamp();
            using RawPeer peer = await RawPeer.ConnectAsync(port, token);
            await peer.SendAsync((byte[])[.. Associate(), .. Echo(), .. Release], token);
            Assert.That(await peer.ReadLastWordAsync(token), Is.EqualTo(Pdu(6, [0, 0, 0, 0])));
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        return best;
    }

    private static async Task UntilServedAsync(int port, CancellationToken token)
    {
        byte[]? answer = null;
        while (answer?[0] != 2)
        {
            using RawPeer peer = await RawPeer.ConnectAsync(port, token);
            await peer.SendAsync(Associate(), token);
            answer = await peer.ReadAsync(token);
        }
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(token);
        }
    }

    private static long Memory()
    {
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static int OpenFilesLimit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 1_000;
        }

        string? line = File.ReadLines("/proc/self/limits").FirstOrDefault(
            text => text.StartsWith("Max open files", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..]
            && int.TryParse(soft, out int limit) ? limit : 1_000_000;
    }
}
