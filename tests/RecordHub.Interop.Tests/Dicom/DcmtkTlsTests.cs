using System.Net;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>DCMTK's tools against our door over TLS, and our requestor against DCMTK's receiver.</summary>
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DcmtkTlsTests : IDisposable
{
    private readonly TestCertificates _authority = new();
    private readonly DcmtkFiles _files = new();
    private readonly TestCertificate _hub;
    private readonly TestCertificate _north;

    public DcmtkTlsTests()
    {
        // RSA, as what hospitals have is.
        _hub = _authority.Issue("hub.example.org", rsa: true);
        _north = _authority.Issue("north.example.org", rsa: true);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _files.Dispose();
    }

    [Test]
    public async Task Echoscu_with_its_certificate_is_answered(CancellationToken token)
    {
        await using DicomDoorHost host = await StartAsync(ClientCertificates.Required);
        (int exitCode, string output) = await RunAsync(
            "echoscu", host, token, "+tls", _north.Key, _north.Certificate, "+cf", _authority.Trusted);

        Assert.That(exitCode, Is.Zero, output);
    }

    [TestCase(ClientCertificates.Required, false)]
    [TestCase(ClientCertificates.Optional, true)]
    [TestCase(ClientCertificates.Off, true)]
    public async Task Echoscu_without_a_certificate_is_answered_where_none_is_required(ClientCertificates mode, bool answered)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await StartAsync(mode);
        (int exitCode, string output) = await RunAsync(
            "echoscu", host, token, "--anonymous-tls", "+cf", _authority.Trusted);

        Assert.That(exitCode == 0, Is.EqualTo(answered), output);
    }

    [TestCase("--profile-bcp195")]
    [TestCase("--profile-bcp195-nd")]
    [TestCase("--profile-bcp195-ex")]
    public async Task Every_profile_of_echoscu_that_knows_forward_secrecy_finds_a_suite(string profile)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await StartAsync(ClientCertificates.Required);
        (int exitCode, string output) = await RunAsync(
            "echoscu", host, token, "+tls", _north.Key, _north.Certificate, "+cf", _authority.Trusted, profile);
        Assert.That(exitCode, Is.Zero, output);
    }

    // dcmsend of this DCMTK speaks no TLS.
    [Test]
    public async Task An_instance_that_storescu_sends_over_tls_is_kept_as_it_was(CancellationToken token)
    {
        byte[] file = _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        await using DicomDoorHost host = await StartAsync(ClientCertificates.Required);
        (int exitCode, string output) = await Peer.RunAsync(
            "storescu", token, "-v", "+tls", _north.Key, _north.Certificate, "+cf", _authority.Trusted, "-aec", "RECORDHUB",
            "127.0.0.1", $"{host.TlsPort}", _files.PathOf("one.dcm"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(
            DcmtkFiles.DataSetOf(host.Received.Single().Content), Is.EqualTo(DcmtkFiles.DataSetOf(file)));
    }

    [Test]
    public async Task Our_requestor_is_understood_by_storescp_over_mutual_tls(CancellationToken token)
    {
        int port = Peer.FreePort();
        byte[] file = _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        await using Peer storescp = await Peer.ServeAsync(
            "storescp", port, token, "+B", "-od", _files.Folder("received"), "--fork", "+tls", _north.Key, _north.Certificate,
            "+cf", _authority.Trusted, "--require-peer-cert", $"{port}");
        PeerTls tls = new()
        {
            Own = CertificateFile.ReadOwn(_hub.Certificate, _hub.Key, null),
            Trusted = CertificateFile.ReadTrusted(_authority.Trusted),
        };
        Uid syntax = Uid.Parse("1.2.840.10008.1.2.1");
        await using PeerConnection connection = await PeerConnection.OpenAsync("127.0.0.1", port, tls, token);
        await using (AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            connection, new RequestorOptions { CallingAeTitle = "RECORDHUB", CalledAeTitle = "STORESCP" },
            [new PresentationContext(1, DcmtkFiles.SopClass, [syntax])], TimeProvider.System, token))
        {
            StoreResponse response = await requestor.StoreAsync(
                requestor.Contexts.Single(), Uid.Parse("2.25.1"), new MemoryStream(DcmtkFiles.DataSetOf(file)), token);
            Assert.That(response.Status, Is.EqualTo(DimseStatus.Success));
            await requestor.ReleaseAsync(token);
        }

        string stored = Directory.EnumerateFiles(_files.Folder("received")).Single();
        Assert.That(
            DcmtkFiles.DataSetOf(await File.ReadAllBytesAsync(stored, token)), Is.EqualTo(DcmtkFiles.DataSetOf(file)));
    }

    private Task<DicomDoorHost> StartAsync(ClientCertificates mode) => DicomDoorHost.StartAsync(options => options with
    {
        DicomTls = new DicomTls
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = _hub.Certificate,
            CertificateKey = _hub.Key,
            TrustedCertificates = _authority.Trusted,
            ClientCertificates = mode,
        },
    });

    private static Task<(int ExitCode, string Output)> RunAsync(
        string tool, DicomDoorHost host, CancellationToken token, params string[] arguments) => Peer.RunAsync(
            tool, token, ["-v", .. arguments, "-aec", "RECORDHUB", "127.0.0.1", $"{host.TlsPort}"]);
}
