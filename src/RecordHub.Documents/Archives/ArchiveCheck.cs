using System.Buffers;
using RecordHub.Documents.Mail;

namespace RecordHub.Documents.Archives;

/// <summary>Tells an archive of records from a document that happens to be a ZIP.</summary>
public static class ArchiveCheck
{
    /// <summary>How much of a file tells it.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>What kind of archive a file is; leaves the stream at its beginning.</summary>
    public static async Task<ArchiveKind> KindOfAsync(Stream file, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte[] head = ArrayPool<byte>.Shared.Rent(HeadLength);
        try
        {
            int length = await file.ReadAtLeastAsync(
                head.AsMemory(0, HeadLength), HeadLength, throwOnEndOfStream: false, cancellationToken);
            file.Position = 0;
            return KindOf(head.AsSpan(0, length), name);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>The same by the first bytes of a file.</summary>
    public static ArchiveKind KindOf(ReadOnlySpan<byte> head, string name) =>
        IsZip(head, name) ? ArchiveKind.Zip
        : MailMessage.Is(head) ? ArchiveKind.Mail
        : TarWalker.IsArchive(head) ? ArchiveKind.Tar
        : IsoWalker.IsImage(head) ? ArchiveKind.DiscImage
        : ArchiveKind.None;

    private static bool IsZip(ReadOnlySpan<byte> head, string name)
    {
        bool isZip = head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

        // The packages of office programs begin with these members (ECMA-376 Part 2, ODF 1.3 Part 2 §3.3).
        return isZip
            && head.IndexOf("[Content_Types].xml"u8) is not (>= 0 and < 128)
            && head.IndexOf("mimetypeapplication/"u8) is not (>= 0 and < 128)
            && !DocumentSniffer.TryRecognise(head, name, out _);
    }
}
