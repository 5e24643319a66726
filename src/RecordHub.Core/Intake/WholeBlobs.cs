using System.Security.Cryptography;

namespace RecordHub.Core.Intake;

/// <summary>Reads each blob before it goes into something that calls itself whole and unchanged.</summary>
internal sealed class WholeBlobs(IBlobStore blobs)
{
    private readonly HashSet<ContentHash> _whole = [];

    /// <summary>Compares a blob's bytes with its hash, once.</summary>
    /// <exception cref="BlobDamagedException">They are others.</exception>
    /// <exception cref="BlobMissingException">They are not there.</exception>
    internal async Task CheckAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (_whole.Contains(hash))
        {
            return;
        }

        await using Stream bytes = await blobs.OpenAsync(hash, 0, cancellationToken);
        if (ContentHash.FromDigest(await SHA256.HashDataAsync(bytes, cancellationToken)) != hash)
        {
            throw new BlobDamagedException(hash);
        }

        _whole.Add(hash);
    }
}
