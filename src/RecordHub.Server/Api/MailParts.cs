using System.Runtime.CompilerServices;
using RecordHub.Core.Intake;
using RecordHub.Documents.Archives;
using RecordHub.Documents.Mail;

namespace RecordHub.Server.Api;

/// <summary>Takes what is sent in apart, where it is an e-mail: itself first, then each file in it.</summary>
internal static class MailParts
{
    /// <param name="body">Read once.</param>
    /// <param name="areTaken">Whether the files in an e-mail are taken; else whoever sends it sends them too.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    public static async IAsyncEnumerable<MailFile> OfAsync(
        Stream body, bool areTaken, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] head = new byte[ContentSniffer.HeadLength];
        int length = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        using MemoryStream first = new(head, 0, length, writable: false);
        await using JoinedStream joined = new(first, body);
        if (!areTaken || !MailMessage.Is(head.AsSpan(0, length)))
        {
            yield return new MailFile(null, joined, null);
            yield break;
        }

        (FileStream? file, string? reason) = await Spool.CopyAsync(joined, MailMessage.MostBytes, cancellationToken);
        if (file is null)
        {
            yield return new MailFile(null, null, $"{reason}; save its attachments and send those");
            yield break;
        }

        byte[] bytes = new byte[file.Length];
        await using (file)
        {
            await file.ReadExactlyAsync(bytes, cancellationToken);
        }

        foreach (MailFile part in Within(null, bytes, 1))
        {
            yield return part;
        }
    }

    private static IEnumerable<MailFile> Within(string? name, byte[] mail, int depth)
    {
        yield return new MailFile(name, new MemoryStream(mail, writable: false), null);
        foreach (MailPart file in MailMessage.Read(mail).Files)
        {
            string path = name is null ? file.Name : $"{name}!/{file.Name}";
            byte[]? bytes = file.Decode(out string? trouble);
            if (bytes is null || !MailMessage.Is(bytes.AsSpan(0, Math.Min(bytes.Length, ContentSniffer.HeadLength))))
            {
                yield return new MailFile(path, bytes is null ? null : new MemoryStream(bytes, writable: false), trouble);
                continue;
            }

            if (depth >= ArchiveLimits.Default.MaxDepth)
            {
                yield return new MailFile(path, null, $"e-mails are nested deeper than {ArchiveLimits.Default.MaxDepth}; send it by itself");
                continue;
            }

            foreach (MailFile inner in Within(path, bytes, depth + 1))
            {
                yield return inner;
            }
        }
    }
}
