using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Storage;

namespace RecordHub.Cli.Doctor;

/// <summary>The checks of the database before the store is opened, which nothing of it changes.</summary>
internal static class DatabaseCheck
{
    /// <summary>The check of a file that an older version made, and that is not opened: that would bring it up to date.</summary>
    internal const string Older = "database migrations";

    /// <summary>What is to be done where blobs are and no database is.</summary>
    internal const string WithoutDatabase =
        "If a restore was interrupted, run the same 'recordhub restore' again: it goes on. Else put the database back, or restore a backup.";

    private const string AsService = "Run it as the service's account, and see whether its disk works.";

    private const string Store = "store";
    private const string Database = "database";
    private const string Schema = "database schema";
    private const string Clock = "database clock";

    // Leases and due times are compared between processes; a second or two is far within all of them.
    private static readonly TimeSpan s_mostSkew = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_mostReading = TimeSpan.FromSeconds(30);

    /// <summary>Of SQLite: whether there is one, of this version, and whether it is damaged.</summary>
    public static async Task<IReadOnlyList<CheckView>> FileAsync(
        StorageOptions options, bool full, CancellationToken cancellationToken)
    {
        try
        {
            return Of(await DatabaseFile.LookAsync(options, full, s_mostReading, cancellationToken), full);
        }
        catch (UnauthorizedAccessException closed)
        {
            return [Checkup.Bad(Database, closed.Message, AsService)];
        }
    }

    /// <summary>Of PostgreSQL.</summary>
    public static async Task<IReadOnlyList<CheckView>> RunAsync(
        string connection, bool full, CancellationToken cancellationToken)
    {
        try
        {
            DatabaseFindings found = await DatabaseProbe.LookAsync(
                connection, TimeProvider.System, full ? null : s_mostReading, cancellationToken);
            return found.Fault is { } fault
                ? [Checkup.Bad(Database, $"{found.Name} is damaged: {fault}.", DatabaseProbe.Advice)]
                :
            [
                Checkup.Good(Database, $"{found.Name} answers: PostgreSQL {found.Version}, text as UTF8. {Reading(found)}"),
                SchemaOf(found),
                ClockOf(found),
            ];
        }
        catch (StorageUnavailableException unavailable)
        {
            return [Checkup.Bad(Database, "It cannot be used.", unavailable.Message)];
        }
    }

    /// <summary>What the findings mean. Pure.</summary>
    internal static IReadOnlyList<CheckView> Of(DatabaseFileFindings found, bool full) => found switch
    {
        { LacksBesideBlobs: true } =>
        [
            Checkup.Bad(Store, $"There are blobs here, and their database {found.File} does not exist.", WithoutDatabase),
        ],
        { MissingScripts: null } =>
        [
            Checkup.Bad(
                Store, $"There is no store here: {found.File} does not exist.",
                "Name its folder with --data. To begin a new store here, run 'recordhub serve' or 'recordhub case create'."),
        ],
        { MissingScripts: { } missing, Faults: [], Closed: null } when missing == found.AllScripts =>
        [
            Checkup.Bad(
                Store, $"{found.File} has no tables: it is empty, or another program's.",
                "Name the store's folder with --data, or restore a backup. Into an empty folder 'recordhub serve' makes a new store."),
        ],
        { Closed: { } why } => [Checkup.Bad(Database, $"{found.File} cannot be opened ({why}).", AsService)],
        { Faults.Count: > 0 } =>
        [
            Checkup.Bad(
                Database, $"{found.File} is damaged: {string.Join(" ", found.Faults).ReplaceLineEndings(" ")}", DatabaseFile.Advice),
        ],
        { MissingScripts: > 0 } =>
        [
            Checkup.Good(Database, Sound(found, full)),
            Checkup.Good(Older, string.Create(
                CultureInfo.InvariantCulture,
                $"{found.MissingScripts} migrations are to come. The next start makes them; the rest of the store is looked at after it.")),
        ],
        { MissingScripts: < 0 } => [SchemaOf(found.MissingScripts.Value)],
        _ =>
        [
            Checkup.Good(Database, Sound(found, full)),
            SchemaOf(found.MissingScripts.Value),
        ],
    };

    private static string Sound(DatabaseFileFindings found, bool full) => string.Create(
        CultureInfo.InvariantCulture, $"{found.File}, {found.Length} bytes: {Reading(found.IsWhole, full)}");

    private static string Reading(bool isWhole, bool full) => full
        ? "all of it is sound, and so are its indexes."
        : isWhole ? "its pages are sound; 'doctor --full' compares the indexes as well."
        : $"sound as far as it was read in {s_mostReading.TotalSeconds:F0} s; 'doctor --full' reads all of it.";

    private static string Reading(DatabaseFindings found) => found.IsWhole
        ? "All its tables can be read."
        : $"Its tables can be read as far as that went in {s_mostReading.TotalSeconds:F0} s; 'doctor --full' reads all.";

    private static CheckView SchemaOf(DatabaseFindings found) => SchemaOf(found.MissingScripts);

    private static CheckView SchemaOf(long missingScripts) => missingScripts switch
    {
        0 => Checkup.Good(Schema, "Its tables are those of this version."),
        > 0 => Checkup.Good(Schema, string.Create(
            CultureInfo.InvariantCulture, $"{missingScripts} migrations are to come; the next start makes them.")),
        _ => Checkup.Bad(
            Schema, "A newer version of RecordHub made its tables.", "Use that version, or another database."),
    };

    private static CheckView ClockOf(DatabaseFindings found)
    {
        string detail = string.Create(
            CultureInfo.InvariantCulture, $"The server's clock and ours differ by {found.ClockAhead.TotalSeconds:F1} s.");
        return found.ClockAhead.Duration() <= s_mostSkew
            ? Checkup.Good(Clock, detail)
            : Checkup.Bad(Clock, detail, "Keep both clocks by NTP: leases and times of receipt compare them.");
    }
}
