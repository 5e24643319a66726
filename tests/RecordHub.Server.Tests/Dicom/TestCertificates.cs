using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>An authority made for one test, and the files of those that it certifies.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-tls-").FullName;
    private readonly X509Certificate2 _authority;

    public TestCertificates(string name = "Test Authority")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        Trusted = Path.Combine(_folder, "authority.pem");
        File.WriteAllText(Trusted, _authority.ExportCertificatePem());
    }

    /// <summary>The file of the authority.</summary>
    public string Trusted { get; }

    /// <summary>Certifies a node, for both sides of a handshake; writes NAME.pem and NAME.key.</summary>
    public TestCertificate Issue(string name, bool rsa = false)
    {
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA ofRsa
            ? new CertificateRequest($"CN={name}", ofRsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        X509Certificate2 issued = request.Create(
            _authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!),
            _authority.NotBefore, _authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        TestCertificate files = new(
            Path.Combine(_folder, name + ".pem"), Path.Combine(_folder, name + ".key"),
            issued.GetCertHashString(HashAlgorithmName.SHA256));
        File.WriteAllText(files.Certificate, issued.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    /// <summary>A certificate and its key in one PKCS #12 file.</summary>
    public static string Bundle(TestCertificate of, string password)
    {
        using X509Certificate2 both = X509Certificate2.CreateFromPemFile(of.Certificate, of.Key);
        string path = Path.ChangeExtension(of.Certificate, ".pfx");
        File.WriteAllBytes(path, both.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password));
        return path;
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
