namespace RecordHub.Documents.Mail;

/// <summary>A file in an e-mail, or a text of it.</summary>
/// <param name="MediaType">What it is said to be, in lower case.</param>
/// <param name="Name">A file name without folders; made up where it has none.</param>
/// <param name="Charset">The character set that it is said to be in; null when nothing says so.</param>
/// <param name="Encoding">How it is packed; null when it is not.</param>
/// <param name="Packed">Its bytes as they came.</param>
public sealed record MailPart(string MediaType, string Name, string? Charset, string? Encoding, ReadOnlyMemory<byte> Packed)
{
    /// <summary>Its bytes; null when they cannot be had, which <paramref name="trouble"/> tells. It is set too where the last are missing.</summary>
    public byte[]? Decode(out string? trouble)
    {
        byte[]? bytes = TransferEncoding.Decode(Encoding, Packed.Span, out bool isWhole);
        trouble = bytes is null ? "it is packed in a way that is not read, or is damaged" : isWhole ? null : "it breaks off";
        return bytes;
    }

    /// <summary>The type only: a name may be a patient's.</summary>
    public override string ToString() => MediaType;
}
