using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;

namespace RecordHub.Server.Hosting;

/// <summary>Reads where blobs are kept, and with which keys. Pure.</summary>
internal static class BlobsReader
{
    private const string Key = "Blobs:Uri";
    private const string Allowed =
        "file:///FOLDER, or s3://BUCKET/PREFIX?endpoint=http://HOST:PORT&region=REGION (prefix, endpoint and region as needed)";

    private const string AllowedKey = "32 bytes in base64 ('openssl rand -base64 32' makes such a key)";

    /// <summary>The folder; null when none is named.</summary>
    public static Uri? Folder(Settings settings) =>
        OptionsReader.Scheme(settings, Key, Allowed, "file", "s3") is { Scheme: "file" } folder ? folder : null;

    /// <summary>The object store; null when blobs are kept in a folder.</summary>
    public static S3BlobOptions? ObjectStore(Settings settings, string data)
    {
        string? access = settings.Text("Blobs:AccessKey");
        string? secret = settings.Text("Blobs:SecretKey");
        string spool = settings.Text("Blobs:SpoolFolder") ?? Path.Combine(data, "spool");
        long most = settings.Number("Blobs:MaxSpoolBytes", 10L << 30, 1 << 20, long.MaxValue);
        if (OptionsReader.Scheme(settings, Key, Allowed, "file", "s3") is not { Scheme: "s3" } address)
        {
            return null;
        }

        if (!S3Location.TryParse(address, out S3Location? location) || location is null)
        {
            throw Settings.Wrong(Key, address.OriginalString, Allowed);
        }

        return access is null == secret is null
            ? new S3BlobOptions
            {
                Location = location,
                AccessKey = access,
                SecretKey = secret,
                SpoolFolder = Path.GetFullPath(spool, data),
                MaxSpoolBytes = most,
            }
            : throw new StartRefusedException(
                "Blobs:AccessKey and Blobs:SecretKey go together: give both, or neither to take what the machine gives.");
    }

    /// <summary>The keys; null when blobs are not encrypted.</summary>
    public static KeyRing? Keys(Settings settings)
    {
        string? active = settings.Text("Blobs:EncryptionKey");
        string? former = settings.Text("Blobs:FormerEncryptionKeys");
        if (active is null)
        {
            return former is null ? null : throw new StartRefusedException(
                "Blobs:FormerEncryptionKeys is set without Blobs:EncryptionKey: name the key that new blobs are wrapped with.");
        }

        return new KeyRing(
            Parse("Blobs:EncryptionKey", active),
            [.. (former ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(one => Parse("Blobs:FormerEncryptionKeys", one))]);
    }

    // The value is a secret: the sentence does not repeat it.
    private static BlobKey Parse(string name, string text) => BlobKey.TryParse(text, out BlobKey? key) && key is not null
        ? key : throw new StartRefusedException($"The setting {name} is no key; allowed is {AllowedKey}.");
}
