using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>Uploads in parts.</summary>
internal sealed partial class S3Objects
{
    private async Task PutPartsAsync(ContentHash hash, string file, long length, CancellationToken cancellationToken)
    {
        string bucket = _options.Location.Bucket;
        string key = KeyOf(hash);
        InitiateMultipartUploadResponse begun = await AskAsync(
            stopping => _client.InitiateMultipartUploadAsync(
                new InitiateMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                },
                stopping),
            cancellationToken).ConfigureAwait(false);
        try
        {
            List<PartETag> parts = [];
            for (long offset = 0; offset < length; offset += _options.PartBytes)
            {
                long from = offset;
                parts.Add(await AskAsync(
                    stopping => PutPartAsync(
                        key, begun.UploadId, parts.Count + 1, file, from, Math.Min(_options.PartBytes, length - from), stopping),
                    cancellationToken).ConfigureAwait(false));
            }

            await AskAsync(
                stopping => _client.CompleteMultipartUploadAsync(
                    new CompleteMultipartUploadRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        UploadId = begun.UploadId,
                        PartETags = parts,
                    },
                    stopping),
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await AbandonAsync(key, begun.UploadId).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<PartETag> PutPartAsync(
        string key, string upload, int number, string file, long offset, long count, CancellationToken cancellationToken)
    {
        byte[] part = System.Buffers.ArrayPool<byte>.Shared.Rent((int)count);
        try
        {
            using FileStream content = File.OpenRead(file);
            content.Position = offset;
            await content.ReadExactlyAsync(part.AsMemory(0, (int)count), cancellationToken).ConfigureAwait(false);
            string checksum = Convert.ToBase64String(SHA256.HashData(part.AsSpan(0, (int)count)));
            using MemoryStream body = new(part, 0, (int)count, writable: false);
            UploadPartResponse response = await _client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = _options.Location.Bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = number,
                    PartSize = count,
                    InputStream = body,
                    UseChunkEncoding = false,
                    ChecksumSHA256 = checksum,
                },
                cancellationToken).ConfigureAwait(false);
            return new PartETag(number, response.ETag) { ChecksumSHA256 = checksum };
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(part);
        }
    }

    // Parts of an upload that came to nothing cost room; the service's own expiry takes what this cannot reach.
    private async Task AbandonAsync(string key, string upload)
    {
        try
        {
            await _client.AbortMultipartUploadAsync(_options.Location.Bucket, key, upload, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (IsTransient(exception) || exception is AmazonS3Exception)
        {
            // The upload's own failure is what the caller hears of.
        }
    }
}
