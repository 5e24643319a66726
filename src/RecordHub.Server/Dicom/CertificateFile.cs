using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordHub.Server.Dicom;

/// <summary>Reads certificates from files: PEM, or PKCS #12.</summary>
public static class CertificateFile
{
    /// <summary>A certificate with its key and the authorities between it and the root.</summary>
    /// <param name="path">PEM (with the key, or with <paramref name="keyPath"/> beside it), or PKCS #12.</param>
    /// <param name="keyPath">The PEM file of the key; null when it is in the first file.</param>
    /// <param name="password">The password of the key; null when it has none.</param>
    /// <exception cref="CryptographicException">The file holds no such thing, or the password is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SslStreamCertificateContext ReadOwn(string path, string? keyPath, string? password)
    {
        X509Certificate2Collection all = [];
        X509Certificate2 own;
        if (IsPem(path))
        {
            all.ImportFromPemFile(path);
            own = password is null
                ? X509Certificate2.CreateFromPemFile(path, keyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        }
        else
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
            own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
                ?? throw new CryptographicException("The file holds no private key.");
        }

        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    /// <summary>The authorities in a file of PEM, or the one in a file of DER.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static X509Certificate2Collection ReadTrusted(string path)
    {
        X509Certificate2Collection trusted = [];
        if (IsPem(path))
        {
            trusted.ImportFromPemFile(path);
        }
        else
        {
            trusted.Add(X509CertificateLoader.LoadCertificateFromFile(path));
        }

        return trusted.Count > 0 ? trusted : throw new CryptographicException("The file holds no certificate.");
    }

    private static bool IsPem(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] head = new byte[4096];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan(0, length).IndexOf("-----BEGIN "u8) >= 0;
    }
}
