using System.Web;

namespace RecordHub.Storage.Blobs.S3;

/// <summary>Where blobs lie in an object store: <c>s3://bucket/prefix?endpoint=http://host:port&amp;region=eu-central-1</c>.</summary>
/// <param name="Bucket">The bucket; it must be there.</param>
/// <param name="Prefix">What precedes the names of objects; empty, or ending in a slash.</param>
/// <param name="Endpoint">The service's address; null is that of AWS in the region.</param>
/// <param name="Region">The region; a name that means nothing to other services than AWS.</param>
public sealed record S3Location(string Bucket, string Prefix, Uri? Endpoint, string Region)
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>Reads the address; false when it names no bucket, or says something that is not known.</summary>
    public static bool TryParse(Uri? address, out S3Location? location)
    {
        location = null;
        if (address is not { IsAbsoluteUri: true, Scheme: "s3" } || address.Host.Length == 0)
        {
            return false;
        }

        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(address.Query);
        Uri? endpoint = null;
        bool known = query.AllKeys.All(key => key is "endpoint" or "region");
        if (!known || (query["endpoint"] is { } text
            && (!Uri.TryCreate(text, UriKind.Absolute, out endpoint) || endpoint.Scheme is not ("http" or "https"))))
        {
            return false;
        }

        string prefix = address.AbsolutePath.Trim('/');
        location = new S3Location(
            address.Host, prefix.Length == 0 ? string.Empty : prefix + "/", endpoint, query["region"] ?? DefaultRegion);
        return true;
    }
}
