using System.Buffers;
using System.Security.Cryptography;

namespace RecordHub.Storage.Backups;

/// <summary>Digests of files, in flat memory.</summary>
internal static class Digests
{
    private const int BufferLength = 1 << 20;

    internal static async Task<string> OfAsync(string file, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Copies a stream and gives the length and digest of what went over.</summary>
    internal static async Task<(long Length, string Sha256)> CopyAsync(
        Stream from, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> to, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            long length = 0;
            for (int read; (read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
                await to(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
