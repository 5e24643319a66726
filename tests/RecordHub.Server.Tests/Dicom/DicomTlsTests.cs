using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>DICOM over TLS on its own port.</summary>
[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DicomTlsTests : IDisposable
{
    private readonly DicomTlsRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Test]
    public async Task An_echo_over_mutual_tls_is_answered(CancellationToken token)
    {
        await using DicomDoorHost host = await _rig.StartAsync();

        Assert.That(await DicomTlsRig.EchoAsync(host.TlsPort, _rig.Tls(_rig.North), token), Is.EqualTo(DimseStatus.Success));
    }

    [TestCase(SslProtocols.None, SslProtocols.Tls13)]
    [TestCase(SslProtocols.Tls12, SslProtocols.Tls12)]
    public async Task The_newest_version_that_both_have_is_spoken(SslProtocols offered, SslProtocols spoken)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await _rig.StartAsync(mode: ClientCertificates.Off);
        await using SslStream stream = await _rig.HandshakeAsync(host.TlsPort, options => options.EnabledSslProtocols = offered, token);

        Assert.That(stream.SslProtocol, Is.EqualTo(spoken));
        Assert.That(TlsPolicy.CipherSuites, Does.Contain(stream.NegotiatedCipherSuite));
    }

    [TestCase(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)]
    [TestCase(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA)]
    [TestCase(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)]
    public async Task What_is_not_of_the_profile_is_not_spoken(TlsCipherSuite suite)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await _rig.StartAsync(mode: ClientCertificates.Off);

        Assert.ThrowsAsync<AuthenticationException>(() => _rig.HandshakeAsync(
            host.TlsPort,
            options =>
            {
                options.EnabledSslProtocols = SslProtocols.Tls12;
#pragma warning disable CA1416 // The suite of tests runs where DICOM's suites can be chosen.
                options.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
#pragma warning restore CA1416
            },
            token));
    }

    [TestCase(ClientCertificates.Off, true)]
    [TestCase(ClientCertificates.Optional, true)]
    [TestCase(ClientCertificates.Required, false)]
    public async Task A_caller_without_a_certificate_is_served_when_none_is_required(ClientCertificates mode, bool served)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await _rig.StartAsync(mode: mode);

        Assert.That(await DicomTlsRig.IsServedAsync(host.TlsPort, _rig.Tls(null), token), Is.EqualTo(served));
    }

    [TestCase(ClientCertificates.Optional)]
    [TestCase(ClientCertificates.Required)]
    public async Task A_certificate_of_another_authority_is_refused_and_the_log_says_whose(ClientCertificates mode)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        using TestCertificates others = new("Another Authority");
        await using DicomDoorHost host = await _rig.StartAsync(mode: mode);

        Assert.That(await DicomTlsRig.IsServedAsync(host.TlsPort, _rig.Tls(others.Issue("north.example.org")), token), Is.False);
        (_, string told) = await host.Log.NextAsync(1020, token);
        Assert.That(told, Does.Contain("north.example.org").And.Contain("Dicom:TrustedCertificates"));
    }

    [TestCase("fingerprint")]
    [TestCase("north.example.org")]
    [TestCase("CN=north.example.org")]
    public async Task A_site_is_told_by_its_certificate_and_nobody_else_calls_with_its_title(string configured)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        TestCertificate south = _rig.Authority.Issue("south.example.org");
        await using DicomDoorHost host = await _rig.StartAsync(options => options with
        {
            AcceptUnknownCallers = true,
            Sites =
            [
                new SiteOptions
                {
                    Name = "North", AeTitle = "NORTH",
                    Certificate = configured == "fingerprint" ? _rig.North.Sha256 : configured,
                },
            ],
        });

        Assert.That(await DicomTlsRig.EchoAsync(host.TlsPort, _rig.Tls(_rig.North), token), Is.EqualTo(DimseStatus.Success));
        foreach ((int port, PeerTls? tls) in new[] { (host.TlsPort, _rig.Tls(south)), (host.Port, null) })
        {
            AssociationException? refused = Assert.ThrowsAsync<AssociationException>(() => DicomTlsRig.EchoAsync(port, tls, token));
            Assert.That(refused?.Rejection, Is.EqualTo(AssociationRejection.CallingAeTitle));
        }
    }

    [Test]
    public async Task Stuck_handshakes_hold_up_nobody_and_are_ended(CancellationToken token)
    {
        await using DicomDoorHost host = await _rig.StartAsync(options => options with
        {
            DicomTls = options.DicomTls with { HandshakeTimeout = TimeSpan.FromSeconds(2) },
        });
        List<RawPeer> stuck = [];
        try
        {
            for (int i = 0; i < 100; i++)
            {
                stuck.Add(await RawPeer.ConnectAsync(host.TlsPort, token));
                await stuck[i].SendAsync(new byte[] { 0x16, 3, 1 }, token);
            }

            Assert.That(await DicomTlsRig.EchoAsync(host.TlsPort, _rig.Tls(_rig.North), token), Is.EqualTo(DimseStatus.Success));
            Assert.That(await DicomTlsRig.EchoAsync(host.Port, null, token), Is.EqualTo(DimseStatus.Success));
            foreach (RawPeer peer in stuck)
            {
                Assert.That(await peer.ReadAsync(token), Is.Null);
            }
        }
        finally
        {
            stuck.ForEach(peer => peer.Dispose());
        }
    }

    [Test]
    public async Task Dicom_without_tls_on_the_port_is_closed_and_the_service_goes_on(CancellationToken token)
    {
        await using DicomDoorHost host = await _rig.StartAsync();
        using RawPeer plain = await RawPeer.ConnectAsync(host.TlsPort, token);
        await plain.SendAsync(RawPdus.Associate(), token);
        try
        {
            Assert.That(await plain.ReadAsync(token), Is.Null);
        }
        catch (SocketException)
        {
            // There is nothing that TLS could say to it.
        }

        Assert.That(await DicomTlsRig.EchoAsync(host.TlsPort, _rig.Tls(_rig.North), token), Is.EqualTo(DimseStatus.Success));
    }

    [Test]
    public async Task A_renewed_certificate_serves_the_next_caller_and_a_broken_one_does_not(CancellationToken token)
    {
        await using DicomDoorHost host = await _rig.StartAsync(mode: ClientCertificates.Off);
        Assert.That(await _rig.ShownAsync(host, token), Is.EqualTo(_rig.Server.Sha256));
        TestCertificate renewed = _rig.Authority.Issue("hub.example.org");
        Assert.That(renewed.Certificate, Is.EqualTo(_rig.Server.Certificate), "the same files");
        Assert.That(await _rig.ShownAsync(host, token), Is.EqualTo(renewed.Sha256));

        await File.WriteAllTextAsync(renewed.Key, "-----BEGIN half a key", token);
        Assert.That(await _rig.ShownAsync(host, token), Is.EqualTo(renewed.Sha256));
        (_, string told) = await host.Log.NextAsync(1022, token);
        Assert.That(told, Does.Contain("old ones serve on"));
    }

    [Test]
    public async Task A_certificate_may_come_as_pkcs_12_with_its_password(CancellationToken token)
    {
        string bundle = TestCertificates.Bundle(_rig.Server, "changeit");
        await using DicomDoorHost host = await _rig.StartAsync(options => options with
        {
            DicomTls = options.DicomTls with { Certificate = bundle, CertificateKey = null, CertificatePassword = "changeit" },
        });

        Assert.That(await DicomTlsRig.EchoAsync(host.TlsPort, _rig.Tls(_rig.North), token), Is.EqualTo(DimseStatus.Success));
        StartRefusedException? refused = Assert.ThrowsAsync<StartRefusedException>(() => _rig.StartAsync(options => options with
        {
            DicomTls = options.DicomTls with { Certificate = bundle, CertificateKey = null, CertificatePassword = "wrong" },
        }));
        Assert.That(refused?.Message, Does.Contain("Dicom:Certificate"));
    }

    [TestCase("hub.example.org", true)]
    [TestCase("CN=hub.example.org", true)]
    [TestCase("0000000000000000000000000000000000000000000000000000000000000000", false)]
    [TestCase("other.example.org", false)]
    public async Task A_node_that_we_call_has_to_have_the_name_that_is_expected(string expected, bool talks)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await _rig.StartAsync();

        Assert.That(await DicomTlsRig.IsServedAsync(host.TlsPort, _rig.Tls(_rig.North) with { Expected = expected }, token), Is.EqualTo(talks));
    }

    [Test]
    public async Task A_site_is_called_over_tls_when_it_is_configured_so_and_only_the_site_itself(CancellationToken token)
    {
        await using DicomDoorHost host = await _rig.StartAsync();
        SiteConnections calls = host.Services.GetRequiredService<SiteConnections>();
        SiteOptions site = new()
        {
            Name = "Ourselves",
            Host = "127.0.0.1",
            Port = host.TlsPort,
            Tls = true,
            Certificate = _rig.Server.Sha256,
        };
        await using (PeerConnection connection = await calls.OpenAsync(site, token))
        {
            Assert.That(await DicomTlsRig.EchoAsync(connection, token), Is.EqualTo(DimseStatus.Success));
        }

        Assert.ThrowsAsync<PeerUnreachableException>(() => calls.OpenAsync(site with { Certificate = _rig.North.Sha256 }, token));
    }

    [Test]
    public async Task A_node_that_we_call_has_to_come_from_a_trusted_authority(CancellationToken token)
    {
        using TestCertificates others = new("Another Authority");
        await using DicomDoorHost host = await _rig.StartAsync();
        PeerTls tls = _rig.Tls(_rig.North) with { Trusted = CertificateFile.ReadTrusted(others.Trusted) };
        PeerUnreachableException? failed = Assert.ThrowsAsync<PeerUnreachableException>(
            () => PeerConnection.OpenAsync("127.0.0.1", host.TlsPort, tls, token));

        Assert.That(failed?.Message, Does.Contain("TLS handshake"));
        Assert.That(failed?.Advice, Does.Contain("trusted authority"));
    }
}
