using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace RecordHub.Storage.Blobs.S3;

/// <content>The one object that says whose blobs these are.</content>
internal sealed partial class S3Objects
{
    private const int MostMarkBytes = 64;

    private string MarkKey => $"{_options.Location.Prefix}store.id";

    internal async Task<string?> ReadMarkAsync(CancellationToken cancellationToken)
    {
        try
        {
            using GetObjectResponse answer = await _client.GetObjectAsync(
                _options.Location.Bucket, MarkKey, cancellationToken).ConfigureAwait(false);
            byte[] bytes = new byte[MostMarkBytes];
            int read = await answer.ResponseStream.ReadAtLeastAsync(
                bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.ASCII.GetString(bytes, 0, read).Trim();
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    internal async Task WriteMarkAsync(string id, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(id);
        using MemoryStream body = new(bytes);
        await _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _options.Location.Bucket,
                Key = MarkKey,
                InputStream = body,
                UseChunkEncoding = false,
                ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(bytes)),
            },
            cancellationToken).ConfigureAwait(false);
    }
}
