using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Polly;
using Polly.Retry;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>The objects of one bucket, by the hash of their blob. Every upload tells its checksum, which the service compares.</summary>
internal sealed partial class S3Objects : IDisposable
{
    private const int BeginningLength = 64 * 1024;
    private const int Attempts = 4;
    private const string DamagedSuffix = ".damaged";

    private readonly AmazonS3Client _client;
    private readonly S3BlobOptions _options;
    private readonly ResiliencePipeline _retries;

    internal S3Objects(S3BlobOptions options)
    {
        _options = options;
        AmazonS3Config config = new()
        {
            AuthenticationRegion = options.Location.Region,
            ForcePathStyle = true,
            MaxErrorRetry = 0, // Polly's part.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            Timeout = TimeSpan.FromMinutes(5),
        };
        if (options.Location.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Location.Region);
        }

        _client = options.AccessKey is { } access
            ? new AmazonS3Client(new BasicAWSCredentials(access, options.SecretKey), config)
            : new AmazonS3Client(config);
        _retries = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(IsTransient),
                MaxRetryAttempts = Attempts - 1,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>Whether trying again later may help: the service is away, busy or failing, not refusing.</summary>
    internal static bool IsTransient(Exception exception) => exception switch
    {
        AmazonServiceException service => service.StatusCode is 0 or >= HttpStatusCode.InternalServerError
            or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout,
        FileNotFoundException => false, // Ours: what was to be put up has gone up meanwhile.
        AmazonClientException or HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>
    /// As Core knows it: whatever the service says of itself is its trouble and not the record's. Null for what is an answer:
    /// there is no such object, or no such byte in it.
    /// </summary>
    internal static StorageAwayException? AsAway(Exception exception) => exception switch
    {
        AmazonServiceException { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable } => null,
        AmazonServiceException { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" } => null,
        AmazonServiceException refused when !IsTransient(refused) =>
            new StorageAwayException($"The object store refuses ({refused.ErrorCode}).", refused),
        _ when IsTransient(exception) => new StorageAwayException("The object store does not answer.", exception),
        _ => null,
    };

    /// <summary>Puts a file up, whole or in parts; returns when the service has confirmed all of it.</summary>
    internal async Task UploadAsync(ContentHash hash, string file, CancellationToken cancellationToken)
    {
        long length = new FileInfo(file).Length;
        if (length <= _options.PartBytes)
        {
            await AskAsync(stopping => PutAsync(hash, file, stopping), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await PutPartsAsync(hash, file, length, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The object's length; null when there is none.</summary>
    /// <exception cref="StorageAwayException">The service does not say.</exception>
    internal async Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        try
        {
            GetObjectMetadataResponse found = await AskAsync(
                stopping => _client.GetObjectMetadataAsync(_options.Location.Bucket, KeyOf(hash), stopping), cancellationToken)
                .ConfigureAwait(false);
            return found.ContentLength;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Asks for some bytes from an offset on: one request says whether the object is there, how long it is, and brings what
    /// most readers want of it. Null when it does not reach to the offset.
    /// </summary>
    /// <exception cref="BlobMissingException">There is no such object.</exception>
    /// <exception cref="StorageAwayException">The service does not say.</exception>
    internal async Task<S3Beginning?> BeginAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new()
        {
            BucketName = _options.Location.Bucket,
            Key = KeyOf(hash),
            ByteRange = new ByteRange(offset, offset + BeginningLength - 1),
        };
        try
        {
            GetObjectResponse response = await AskAsync(
                stopping => _client.GetObjectAsync(request, stopping), cancellationToken).ConfigureAwait(false);

            // "bytes 0-65535/524288" (RFC 9110 §14.4); a store that gives all of it instead says nothing.
            string? range = response.ContentRange;
            return range is not null && long.TryParse(
                range.AsSpan(range.IndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                ? new S3Beginning(response.ResponseStream, offset + response.ContentLength, length)
                : offset == 0
                ? new S3Beginning(response.ResponseStream, response.ContentLength, response.ContentLength)
                : throw new IOException("The object store does not give ranges of objects.");
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            throw new BlobMissingException(hash);
        }
        catch (AmazonS3Exception beyond) when (beyond.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return null;
        }
    }

    /// <summary>The bytes from an offset to the end.</summary>
    /// <exception cref="BlobMissingException">There is no such object.</exception>
    /// <exception cref="StorageAwayException">The service does not say.</exception>
    internal async Task<Stream> ReadAsync(ContentHash hash, long offset, CancellationToken cancellationToken)
    {
        GetObjectRequest request = new()
        {
            BucketName = _options.Location.Bucket,
            Key = KeyOf(hash),
            ByteRange = offset == 0
                ? null : new ByteRange(string.Create(CultureInfo.InvariantCulture, $"bytes={offset}-")),
        };
        try
        {
            GetObjectResponse response = await AskAsync(
                stopping => _client.GetObjectAsync(request, stopping), cancellationToken).ConfigureAwait(false);
            return response.ResponseStream;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            throw new BlobMissingException(hash);
        }
    }

    internal Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken) =>
        DeleteAsync(KeyOf(hash), cancellationToken);

    /// <summary>Removes what <see cref="SetAsideAsync"/> kept.</summary>
    internal Task DeleteSetAsideAsync(ContentHash hash, CancellationToken cancellationToken) =>
        DeleteAsync(KeyOf(hash) + DamagedSuffix, cancellationToken);

    /// <summary>Copies an object beside its place and removes it there; no error when it is not there.</summary>
    internal async Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        string bucket = _options.Location.Bucket;
        try
        {
            await AskAsync(
                stopping => _client.CopyObjectAsync(bucket, KeyOf(hash), bucket, KeyOf(hash) + DamagedSuffix, stopping),
                cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }

        await DeleteAsync(hash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The objects whose hash begins with a byte; without what was set aside.</summary>
    internal async IAsyncEnumerable<StoredBlob> ListAsync(
        byte first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ListObjectsV2Request request = new()
        {
            BucketName = _options.Location.Bucket,
            Prefix = string.Create(CultureInfo.InvariantCulture, $"{_options.Location.Prefix}{first:x2}/"),
        };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(
                stopping => _client.ListObjectsV2Async(request, stopping), cancellationToken).ConfigureAwait(false);
            foreach (S3Object found in page.S3Objects ?? [])
            {
                if (ContentHash.TryParse(found.Key[(found.Key.LastIndexOf('/') + 1)..], out ContentHash hash))
                {
                    yield return new StoredBlob(hash, found.LastModified ?? DateTimeOffset.MaxValue);
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Asks for the bucket; throws when it is not there or not ours.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken) => await _client.ListObjectsV2Async(
        new ListObjectsV2Request { BucketName = _options.Location.Bucket, Prefix = _options.Location.Prefix + ProbeName, MaxKeys = 1 },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private Task<DeleteObjectResponse> DeleteAsync(string key, CancellationToken cancellationToken) => AskAsync(
        stopping => _client.DeleteObjectAsync(_options.Location.Bucket, key, stopping), cancellationToken);

    /// <summary>Asks the service, again if it is busy.</summary>
    /// <exception cref="StorageAwayException">It does not do it; see <see cref="AsAway"/>.</exception>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(
                async stopping => await request(stopping).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AsAway(exception) is { } away)
        {
            throw away;
        }
    }

    private string KeyOf(ContentHash hash)
    {
        string text = hash.ToString();
        return $"{_options.Location.Prefix}{text[..2]}/{text[2..4]}/{text}";
    }

    private async Task<PutObjectResponse> PutAsync(ContentHash hash, string file, CancellationToken cancellationToken)
    {
        using FileStream content = File.OpenRead(file);
        byte[] checksum = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        return await _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _options.Location.Bucket,
                Key = KeyOf(hash),
                InputStream = content,
                AutoCloseStream = false,
                UseChunkEncoding = false,
                ChecksumSHA256 = Convert.ToBase64String(checksum),
            },
            cancellationToken).ConfigureAwait(false);
    }
}
