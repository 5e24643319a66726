using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>The DICOM door of the built executable as an installation configures it.</summary>
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DicomDoorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("door-").FullName;
    private readonly DcmtkFiles _files = new();

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Test]
    public async Task Echo_and_send_speak_tls_with_the_configured_port(CancellationToken token)
    {
        using TestCertificates authority = new();
        TestCertificate hub = authority.Issue("hub.example.org");
        TestCertificate north = authority.Issue("north.example.org");
        _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        Configure(new
        {
            Dicom = new
            {
                TlsEndpoint = "127.0.0.1:0",
                hub.Certificate,
                CertificateKey = hub.Key,
                TrustedCertificates = authority.Trusted,
            },
            Sites = new[] { new { Name = "North", AeTitle = "NORTH", Certificate = north.Sha256 } },
        });
        await using RecordHubProcess hubProcess = await RecordHubProcess.StartAsync(_data, token);
        string[] tls =
        [
            hubProcess.DicomTls!.ToString(), "--aet", "NORTH", "--tls", "--trusted", authority.Trusted, "--certificate",
            north.Certificate, "--key", north.Key, "--tls-name", "hub.example.org",
        ];
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(token, ["dicom", "echo", .. tls]);
        Assert.That(exitCode, Is.Zero, output + error);
        (exitCode, output, error) = await RecordHubProcess.CommandAsync(
            token, ["dicom", "send", .. tls, _files.PathOf("one.dcm")]);
        Assert.That(exitCode, Is.Zero, output + error);
        (exitCode, _, error) = await RecordHubProcess.CommandAsync(
            token, "dicom", "echo", hubProcess.Dicom.ToString(), "--aet", "NORTH");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("1/1/3"));
        (exitCode, _, error) = await RecordHubProcess.CommandAsync(
            token, "dicom", "echo", hubProcess.DicomTls.ToString(), "--aet", "NORTH", "--tls");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("TLS handshake").And.Contain("trusted authority"));
    }

    [Test]
    public async Task Below_the_watermark_of_the_disk_a_sender_is_told_A700_and_why(CancellationToken token)
    {
        _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        Configure(new { Blobs = new { MinFreeBytes = long.MaxValue } });
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(_data, token);
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "dicom", "send", hub.Dicom.ToString(), _files.PathOf("one.dcm"));

        Assert.That(exitCode, Is.EqualTo(1), output + error);
        Assert.That(output, Does.Contain("A700").And.Contain("send again later"));
    }

    private void Configure(object settings) =>
        File.WriteAllText(Path.Combine(_data, "appsettings.json"), JsonSerializer.Serialize(settings));
}
