using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Server.Tests.Dicom;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Interop.Tests.Losses;

/// <summary>How the listeners of others were brought down by those who only called: each as a test of ours.</summary>
[CancelAfter(600_000)]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OthersListenerLossesTests : IDisposable
{
    private const long Mebibyte = 1 << 20;
    private const string Study = "2.25.7702";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("losses-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_http_get_on_the_dicom_port_allocated_one_gigabyte(CancellationToken token)
    {
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
        await EchoAsync(hub, token);
        long before = hub.Memory;
        for (int i = 0; i < 200; i++)
        {
            using RawPeer browser = await RawPeer.ConnectAsync(hub.Dicom.Port, token);
            await browser.SendAsync(Text("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"), token);
            Assert.That(await browser.ReadAsync(token), Is.EqualTo(Pdu(7, [0, 0, 2, 1])), "A-ABORT, unrecognised PDU");
        }

        Assert.That(hub.Memory - before, Is.LessThan(64 * Mebibyte));
        await EchoAsync(hub, token);
    }

    [Test]
    public async Task Silent_connections_used_up_all_clients(CancellationToken token)
    {
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
        List<RawPeer> silent = [];
        try
        {
            for (int i = 0; i < 2_000; i++)
            {
                silent.Add(await RawPeer.ConnectAsync(hub.Dicom.Port, token));
            }

            await EchoAsync(hub, token);
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }
    }

    [Test]
    public async Task One_stuck_tls_handshake_blocked_the_listener(CancellationToken token)
    {
        using TestCertificates authority = new();
        TestCertificate certificate = authority.Issue("hub.example.org");
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(
            Path.Combine(Data, "appsettings.json"),
            JsonSerializer.Serialize(new
            {
                Dicom = new
                {
                    TlsEndpoint = "127.0.0.1:0",
                    certificate.Certificate,
                    CertificateKey = certificate.Key,
                    ClientCertificates = "off",
                },
            }),
            token);
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
        List<RawPeer> stuck = [];
        try
        {
            for (int i = 0; i < 50; i++)
            {
                // The first bytes of a ClientHello, and no more.
                stuck.Add(await RawPeer.ConnectAsync(hub.DicomTls!.Port, token));
                await stuck[i].SendAsync(new byte[] { 22, 3, 1, 2, 0, 1, 0 }, token);
            }

            long began = Stopwatch.GetTimestamp();
            (int exitCode, string output) = await Peer.RunAsync(
                "echoscu", token, "+tla", "+cf", authority.Trusted, "-aec", "RECORDHUB", "127.0.0.1",
                hub.DicomTls!.Port.ToString(CultureInfo.InvariantCulture));
            Assert.That(exitCode, Is.Zero, output);
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)), "sooner than the handshakes are given up");
            await EchoAsync(hub, token);
        }
        finally
        {
            stuck.ForEach(peer => peer.Dispose());
        }
    }

    [Test]
    public async Task Gigabytes_leaked_by_a_connection_never_closed(CancellationToken token)
    {
        // One association that goes on and on, and is not released: 600 images of 512 KiB, and 20,000 echoes.
        await using LossHub hub = await LossHub.StartAsync(Data, token);
        await using TestSender sender = await hub.SenderAsync(token);
        byte[] image = TestSender.Bytes(LossHub.Image(Study, 1, pixels: 512 * 1024));
        await StoreAsync(100);
        using RawPeer raw = await RawPeer.ConnectAsync(hub.Process.Dicom.Port, token);
        await raw.SendAsync(Associate(), token);
        Assert.That((await raw.ReadAsync(token))?[0], Is.EqualTo(2));
        await EchoesAsync(1_000);
        long before = hub.Process.Memory;

        await StoreAsync(500);
        await EchoesAsync(20_000);

        await TestContext.Out.WriteLineAsync(
            $"{before / Mebibyte} MiB before, {hub.Process.Memory / Mebibyte} MiB after 250 MiB over an open association");
        Assert.That(hub.Process.Memory - before, Is.LessThan(64 * Mebibyte));

        async Task StoreAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Assert.That((await sender.StoreAsync(LossHub.InstanceOf(Study, 1), image, token)).Status, Is.Zero);
            }
        }

        async Task EchoesAsync(int times)
        {
            byte[] echo = Echo();
            for (int i = 0; i < times; i++)
            {
                await raw.SendAsync(echo, token);
                Assert.That((await raw.ReadAsync(token))?[0], Is.EqualTo(4));
            }
        }
    }

    private static async Task EchoAsync(RecordHubProcess hub, CancellationToken token)
    {
        long began = Stopwatch.GetTimestamp();
        (int exitCode, string output) = await Peer.RunAsync(
            "echoscu", token, "-aec", "RECORDHUB", "127.0.0.1", hub.Dicom.Port.ToString(CultureInfo.InvariantCulture));
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(s_soon));
    }
}
