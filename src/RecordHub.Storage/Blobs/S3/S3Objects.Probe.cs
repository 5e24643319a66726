using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>Whether the bucket does what is asked of it.</summary>
internal sealed partial class S3Objects
{
    private const int ProbeBytes = 1024;
    private const string ProbeName = "doctor-";

    /// <summary>
    /// Puts up an object beside the blobs, with its checksum, reads it back, and removes it; what went wrong, null when nothing did.
    /// </summary>
    internal async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        byte[] content = RandomNumberGenerator.GetBytes(ProbeBytes);
        string key = $"{_options.Location.Prefix}{ProbeName}{Guid.NewGuid():N}";
        string doing = "put";
        try
        {
            using MemoryStream body = new(content);
            await _client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = _options.Location.Bucket,
                    Key = key,
                    InputStream = body,
                    UseChunkEncoding = false,
                    ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(content)),
                },
                cancellationToken).ConfigureAwait(false);
            doing = "get";
            bool same;
            using (GetObjectResponse answer = await _client.GetObjectAsync(_options.Location.Bucket, key, cancellationToken).ConfigureAwait(false))
            {
                using MemoryStream read = new();
                await answer.ResponseStream.CopyToAsync(read, cancellationToken).ConfigureAwait(false);
                same = read.ToArray().AsSpan().SequenceEqual(content);
            }

            doing = "delete";
            await _client.DeleteObjectAsync(_options.Location.Bucket, key, cancellationToken).ConfigureAwait(false);
            return !same ? "What was put up comes back changed."
                : await IsThereAsync(key, cancellationToken).ConfigureAwait(false) ? "What was deleted is still there." : null;
        }
        catch (Exception failed) when (IsTransient(failed) || failed is AmazonS3Exception)
        {
            return $"An object could not be {doing switch { "get" => "read", "put" => "put up", _ => "deleted" }} "
                + $"({(failed as AmazonS3Exception)?.ErrorCode ?? failed.GetType().Name}).";
        }
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await _client.GetObjectMetadataAsync(_options.Location.Bucket, key, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
