using Microsoft.AspNetCore.Http;
using RecordHub.Documents.Archives;

namespace RecordHub.Server.Uploads;

/// <summary>
/// The bytes of one file as they come. Each is counted for the link before it is handed on, and what a broken body does is
/// told apart from what a disk does.
/// </summary>
internal sealed class UploadBody(Stream section, UploadQuota quota) : ForwardStream
{
    /// <exception cref="UploadEndedException">The body broke off, or the link takes no more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await WholeAsync(() => section.ReadAsync(buffer, cancellationToken).AsTask());
        return read == 0 || await quota.TakeBytesAsync(read, cancellationToken)
            ? read : throw new UploadEndedException(UploadEnd.LinkFull);
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    /// <summary>Runs a read of the multipart body; one that is cut off has ended, whatever the framework calls it.</summary>
    /// <exception cref="UploadEndedException">It is cut off.</exception>
    internal static async Task<T> WholeAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception cut) when (cut is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new UploadEndedException(UploadEnd.Broken, cut);
        }
    }
}
