using NUnit.Framework;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Our C-FIND and C-GET against Orthanc over mutual TLS.</summary>
[CancelAfter(120_000)]
public sealed class OrthancTlsTests
{
    [Test]
    public async Task Find_and_get_show_our_certificate_and_check_the_peers(CancellationToken token)
    {
        using TestCertificates authority = new();
        using DcmtkFiles files = new();
        TestCertificate ours = authority.Issue("hub.example.org", rsa: true);
        TestCertificate theirs = authority.Issue("north.example.org", rsa: true);
        await using Orthanc orthanc = await Orthanc.StartAsync(Peer.FreePort(), 1, token, configure: configuration =>
        {
            configuration["DicomTlsEnabled"] = true;
            configuration["DicomTlsCertificate"] = theirs.Certificate;
            configuration["DicomTlsPrivateKey"] = theirs.Key;
            configuration["DicomTlsTrustedCertificates"] = authority.Trusted;
            configuration["DicomTlsRemoteCertificateRequired"] = true;
        });
        await orthanc.UploadAsync(files.Write("one.dcm", "1.2.840.10008.1.2.1", 1), token);
        string[] tls = ["--tls", "--certificate", ours.Certificate, "--key", ours.Key, "--trusted", authority.Trusted];

        (int found, string matches, string error) = await FetchCommands.RunAsync(
            "ORTHANC", orthanc.DicomPort, "find", ["-k", "PatientID=SYN*", .. tls, "--tls-name", "north.example.org"]);
        (int got, string output, _) = await FetchCommands.RunAsync(
            "ORTHANC", orthanc.DicomPort, "get",
            ["-k", "StudyInstanceUID=2.25.1000", "--out", files.Folder("got"), .. tls, "--tls-name", "north.example.org"]);
        (int wrong, _, string refused) = await FetchCommands.RunAsync(
            "ORTHANC", orthanc.DicomPort, "find", ["-k", "PatientID=SYN*", .. tls, "--tls-name", "south.example.org"]);
        (int plain, _, _) = await FetchCommands.RunAsync("ORTHANC", orthanc.DicomPort, "find", "-k", "PatientID=SYN*");

        Assert.That((found, got, wrong, plain), Is.EqualTo((0, 0, 1, 1)), error + refused);
        Assert.That(matches, Does.Contain("SYNTHETIC"));
        Assert.That(FetchCommands.Summary(output), Is.EqualTo((1, 0, 1, 0)), output);
        Assert.That(refused, Does.Contain("TLS handshake"));
    }
}
