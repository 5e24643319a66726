using System.Net;
using Microsoft.Extensions.Configuration;
using RecordHub.Core.Retention;
using RecordHub.Core.Uploads;
using RecordHub.Server.Dicom;
using RecordHub.Server.Telemetry;
using RecordHub.Storage;
using RecordHub.Storage.Blobs.Encryption;
using RecordHub.Storage.Blobs.S3;

namespace RecordHub.Server.Hosting;

/// <summary>Everything that can be configured, already checked: one that exists is one that can be started.</summary>
public sealed record RecordHubOptions
{
    /// <summary>The file of the settings in the data folder.</summary>
    public const string SettingsFile = "appsettings.json";

    /// <summary>The data folder: database, blobs, and the administrator's first token, unless configured elsewhere.</summary>
    public required string Data { get; init; }

    /// <summary>Where HTTP listens (<c>Http:Endpoint</c>); port 0 takes a free one.</summary>
    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>The address by which others reach us, when a proxy is in front (<c>Http:PublicUrl</c>).</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Origins whose pages may call us (<c>Http:AllowedOrigins</c>, separated by spaces; <c>*</c> for all).</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = ["*"];

    /// <summary>Where DICOM listens (<c>Dicom:Endpoint</c>); port 0 takes a free one.</summary>
    public IPEndPoint Dicom { get; init; } = new(IPAddress.Loopback, 11112);

    /// <summary>The AE title that we are called by (<c>Dicom:AeTitle</c>).</summary>
    public string AeTitle { get; init; } = "RECORDHUB";

    /// <summary>Further AE titles that we are called by, beside <c>RHCASE</c> and a case's number.</summary>
    public IReadOnlyList<CalledAlias> Aliases { get; init; } = [];

    /// <summary>Whether a calling AE title that is no configured site's is served (<c>Dicom:AcceptUnknownCallers</c>).</summary>
    public bool AcceptUnknownCallers { get; init; }

    /// <summary>Associations at a time (<c>Dicom:MaxAssociations</c>).</summary>
    public int MaxAssociations { get; init; } = 200;

    /// <summary>Limits of the DICOM door.</summary>
    public DicomLimits DicomLimits { get; init; } = new();

    /// <summary>How requests for storage commitment are worked on.</summary>
    public CommitmentOptions Commitment { get; init; } = new();

    /// <summary>How DICOM is spoken over TLS.</summary>
    public DicomTls DicomTls { get; init; } = new();

    /// <summary>What this process runs (<c>Roles</c>, separated by commas).</summary>
    public ServerRoles Roles { get; init; } = ServerRoles.All;

    /// <summary>The SQLite file (<c>Database:Connection</c>); null is one in the data folder.</summary>
    public string? DatabaseFile { get; init; }

    /// <summary>The PostgreSQL database (<c>Database:Connection</c>), which takes SQLite's place; it holds a password.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>How long a write waits for another process that holds an SQLite database (<c>Database:LockSeconds</c>).</summary>
    public TimeSpan DatabaseLockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The broker (<c>Broker:Uri</c>); null is the transport in memory.</summary>
    public Uri? BrokerUri { get; init; }

    /// <summary>Entries that may wait to be filed before the doors ask senders to come later (<c>Pipeline:MaxWaiting</c>).</summary>
    public int MaxWaiting { get; init; } = 1_000_000;

    /// <summary>The folder of the blobs (<c>Blobs:Uri</c>); null is <c>blobs</c> in the data folder.</summary>
    public Uri? BlobsUri { get; init; }

    /// <summary>The object store of the blobs (<c>Blobs:Uri</c> with <c>s3://…</c>); null is a folder.</summary>
    public S3BlobOptions? ObjectStore { get; init; }

    /// <summary>The keys of encrypted blobs (<c>Blobs:EncryptionKey</c>); null leaves them as they are.</summary>
    public KeyRing? BlobKeys { get; init; }

    /// <summary>Free bytes below which nothing more is taken (<c>Blobs:MinFreeBytes</c>).</summary>
    public long MinFreeBytes { get; init; } = 256L << 20;

    /// <summary>Whether blobs are on the disk before they are acknowledged (<c>Blobs:Flush</c>).</summary>
    public bool FlushesBlobs { get; init; } = true;

    /// <summary>The longest blob that shares a file with others; 0: each has one of its own (<c>Blobs:MaxSharedBytes</c>).</summary>
    public long MaxSharedBytes { get; init; } = 1L << 20;

    /// <summary>Where measurements and traces are sent.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>What is logged, and how.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>How long cases are kept (<c>Retention:…</c>).</summary>
    public RetentionRules Retention { get; init; } = new();

    /// <summary>What upload links take (<c>Uploads:…</c>).</summary>
    public UploadRules Uploads { get; init; } = new();

    /// <summary>The referring sites.</summary>
    public IReadOnlyList<SiteOptions> Sites { get; init; } = [];

    /// <summary>Limits of the HTTP doors.</summary>
    public HttpLimits Limits { get; init; } = new();

    /// <summary>What the store is told of it.</summary>
    public StorageOptions ToStorage() => new()
    {
        DataFolder = Data,
        BlobFolder = BlobsUri?.LocalPath,
        ObjectStore = ObjectStore,
        Keys = BlobKeys,
        DatabaseFile = DatabaseFile,
        PostgresConnection = PostgresConnection,
        MinFreeBytes = MinFreeBytes,
        MostVolumeBlobBytes = MaxSharedBytes,
        FlushesBlobs = FlushesBlobs,
        LockWait = DatabaseLockWait,
    };

    /// <summary>The type only: connections hold passwords.</summary>
    public override string ToString() => nameof(RecordHubOptions);

    /// <summary>
    /// Reads <c>appsettings.json</c> in the data folder, then <c>RECORDHUB__Section__Key</c>, then the command line, in
    /// rising order; a command line key is such as <c>Http:Endpoint</c>.
    /// </summary>
    /// <param name="data">The data folder.</param>
    /// <param name="commandLine">What the command line says.</param>
    /// <param name="settings">What <c>appsettings.json</c> would hold; null reads it.</param>
    /// <exception cref="StartRefusedException">A value is wrong, or a key is unknown.</exception>
    public static RecordHubOptions Load(
        string data, IReadOnlyDictionary<string, string?> commandLine, Stream? settings = null)
    {
        string folder = Path.GetFullPath(data);
        string file = Path.Combine(folder, SettingsFile);
        try
        {
            ConfigurationBuilder builder = new();
            builder.AddInMemoryCollection(TelemetryReader.StandardVariables.Select(one =>
                KeyValuePair.Create(one.Key, Environment.GetEnvironmentVariable(one.Value))));
            IConfigurationRoot configuration = (settings is null
                    ? builder.AddJsonFile(file, optional: true, reloadOnChange: false) : builder.AddJsonStream(settings))
                .AddEnvironmentVariables("RECORDHUB__")
                .AddInMemoryCollection(commandLine)
                .Build();
            return OptionsReader.Read(folder, configuration);
        }
        catch (InvalidDataException malformed)
        {
            throw new StartRefusedException($"The file {file} is not valid JSON; correct it or remove it.", malformed);
        }
    }
}
