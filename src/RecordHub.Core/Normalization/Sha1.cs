using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace RecordHub.Core.Normalization;

/// <summary>SHA-1 where R4 asks for it (Attachment.hash). It protects nothing here; what we rely on is SHA-256.</summary>
internal static class Sha1
{
    [SuppressMessage("Security", "CA5350", Justification = "R4 Attachment.hash is defined as SHA-1.")]
    public static byte[] Of(ReadOnlySpan<byte> bytes) => SHA1.HashData(bytes);

    [SuppressMessage("Security", "CA5350", Justification = "R4 Attachment.hash is defined as SHA-1.")]
    public static byte[] Of(Stream content) => SHA1.HashData(content);
}
