using System.Security.Cryptography;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>A configured key of 256 bits that wraps the keys of blobs. It never encrypts a blob itself.</summary>
public sealed class BlobKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    /// <summary>Bytes of <see cref="Id"/>.</summary>
    internal const int IdLength = 8;

    private readonly byte[] _secret;

    private BlobKey(byte[] secret)
    {
        _secret = secret;
        Id = SHA256.HashData([.. "recordhub blob key"u8, .. secret]).AsMemory(0, IdLength);
    }

    /// <summary>Tells keys apart without telling them.</summary>
    internal ReadOnlyMemory<byte> Id { get; }

    /// <summary>Reads 32 bytes of base64; false for anything else.</summary>
    public static bool TryParse(string? text, out BlobKey? key)
    {
        Span<byte> secret = stackalloc byte[Length + 3];
        bool valid = Convert.TryFromBase64String(text ?? string.Empty, secret, out int length) && length == Length;
        key = valid ? new BlobKey(secret[..Length].ToArray()) : null;
        CryptographicOperations.ZeroMemory(secret);
        return valid;
    }

    /// <summary>AES-256-GCM under this key; the caller disposes it.</summary>
    internal AesGcm Cipher() => new(_secret, EncryptedFormat.TagLength);

    /// <summary>The type only: a key is a secret.</summary>
    public override string ToString() => nameof(BlobKey);
}
