using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Dicom;
using RecordHub.Storage;

namespace RecordHub.Server.Hosting;

/// <summary>Which key is which option, and what it may be. Pure.</summary>
internal static partial class OptionsReader
{
    private const string RoleNames = "a list of dicom, api, worker and puller, separated by commas";

    public static RecordHubOptions Read(string data, IConfiguration configuration) => Read(data, new Settings(configuration));

    internal static RecordHubOptions Read(string data, Settings settings)
    {
        HttpLimits limits = new();
        string title = AeTitle(settings, "Dicom:AeTitle")?.Trim(' ') ?? "RECORDHUB";
        string? database = settings.Secret(
            "Database:Connection", DatabaseConnection.Allowed, DatabaseConnection.IsValid, DatabaseConnection.WithoutSecrets);
        RecordHubOptions options = new()
        {
            Data = data,
            Http = settings.Endpoint("Http:Endpoint", "127.0.0.1:8080"),
            PublicUrl = Web(settings, "Http:PublicUrl"),
            AllowedOrigins = (settings.Text("Http:AllowedOrigins") ?? "*").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Dicom = settings.Endpoint("Dicom:Endpoint", "127.0.0.1:11112"),
            AeTitle = title,
            Aliases = AliasesReader.Read(settings, title),
            AcceptUnknownCallers = settings.Flag("Dicom:AcceptUnknownCallers", false),
            MaxAssociations = settings.Number("Dicom:MaxAssociations", 200, 1, DicomLimits.MostAssociations),
            DicomLimits = DicomLimitsReader.Read(settings),
            DicomTls = DicomTlsReader.Read(settings),
            Commitment = new CommitmentOptions
            {
                FirstRetry = TimeSpan.FromSeconds(settings.Number("Dicom:CommitmentRetrySeconds", 10, 1, 3600)),
                Horizon = TimeSpan.FromHours(settings.Number("Dicom:CommitmentHours", 168, 1, 8760)),
            },
            Roles = Roles(settings),
            DatabaseFile = database is null || !DatabaseConnection.IsSqlite(database)
                ? null
                : Path.GetFullPath(DatabaseConnection.FileOf(database), data),
            PostgresConnection = database is null || DatabaseConnection.IsSqlite(database) ? null : database,
            DatabaseLockWait = TimeSpan.FromSeconds(settings.Number("Database:LockSeconds", 30, 1, 600)),
            BrokerUri = Broker(settings),
            MaxWaiting = settings.Number("Pipeline:MaxWaiting", 1_000_000, 1, int.MaxValue),
            BlobsUri = BlobsReader.Folder(settings),
            ObjectStore = BlobsReader.ObjectStore(settings, data),
            BlobKeys = BlobsReader.Keys(settings),
            MinFreeBytes = settings.Number("Blobs:MinFreeBytes", 256L << 20, 0, long.MaxValue),
            FlushesBlobs = settings.Flag("Blobs:Flush", true),
            MaxSharedBytes = settings.Number("Blobs:MaxSharedBytes", 1L << 20, 0, 16L << 20),
            Log = LogReader.Read(settings),
            Telemetry = TelemetryReader.Read(settings),
            Retention = RetentionReader.Read(settings),
            Uploads = UploadsReader.Read(settings),
            Sites = SitesReader.Read(settings),
            Limits = new HttpLimits
            {
                Connections = settings.Number("Http:MaxConnections", limits.Connections, 1, 100_000),
                FhirBodyBytes = settings.Number("Fhir:MaxBodyBytes", limits.FhirBodyBytes, 1024, long.MaxValue),
                FhirPageSize = settings.Number("Fhir:MaxPageSize", limits.FhirPageSize, 1, 10_000),
                FhirDefaultPageSize = settings.Number("Fhir:PageSize", limits.FhirDefaultPageSize, 1, 10_000),
                FilingWait = TimeSpan.FromSeconds(settings.Number("Fhir:FilingWaitSeconds", 30, 0, 600)),
                AccessTokenLife = TimeSpan.FromSeconds(settings.Number("Auth:AccessTokenSeconds", 300, 30, 3600)),
                UploadBytes = settings.Number("Http:MaxUploadBytes", limits.UploadBytes, 1024, long.MaxValue),
                QidoMatches = settings.Number("DicomWeb:MaxMatches", limits.QidoMatches, 1, 100_000),
            },
        };
        settings.RefuseUnknown();
        return options;
    }

    private static ServerRoles Roles(Settings settings)
    {
        string? text = settings.Text("Roles");
        if (text is null)
        {
            return ServerRoles.All;
        }

        ServerRoles roles = ServerRoles.None;
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            roles |= name.ToLowerInvariant() switch
            {
                "dicom" => ServerRoles.Dicom,
                "api" => ServerRoles.Api,
                "worker" => ServerRoles.Worker,
                "puller" => ServerRoles.Puller,
                "all" => ServerRoles.All,
                _ => throw Settings.Wrong("Roles", text, RoleNames),
            };
        }

        return roles == ServerRoles.None ? throw Settings.Wrong("Roles", text, RoleNames) : roles;
    }

    internal static string? AeTitle(Settings settings, string key) => settings.Matching(
        key, "1 to 16 characters of ASCII without backslash or control characters (PS3.5 §6.2, AE)",
        text => text.Length <= 16 && text.All(c => c is >= ' ' and <= '~' and not '\\'));

    internal static HashSet<Uid> Uids(Settings settings, string key)
    {
        string? text = settings.Matching(
            key, "UIDs separated by spaces", value => value.Split(' ').All(part => Uid.TryParse(part, out _)));
        return [.. (text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Uid.Parse)];
    }

    internal static Uri? Web(Settings settings, string key) => Scheme(
        settings, key, "an absolute address such as https://records.example.org/hub", "http", "https");

    internal static Uri? Scheme(Settings settings, string key, string allowed, params string[] schemes)
    {
        string? text = settings.Matching(
            key, allowed,
            value => IsUri(value, schemes));
        return text is null ? null : new Uri(text);
    }

    private static Uri? Broker(Settings settings)
    {
        string? text = settings.Secret(
            "Broker:Uri", "amqp://… or amqps://…", value => IsUri(value, "amqp", "amqps"),
            static value => UserInfo().Replace(value, "//…@"));
        return text is null ? null : new Uri(text);
    }

    [GeneratedRegex("//[^/]*@")]
    private static partial Regex UserInfo();

    private static bool IsUri(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && schemes.Contains(uri.Scheme);
}
