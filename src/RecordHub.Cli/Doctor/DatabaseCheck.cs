using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Storage;

namespace RecordHub.Cli.Doctor;

/// <summary>The checks of a PostgreSQL database; none when the store is SQLite, which opening the store checks.</summary>
internal static class DatabaseCheck
{
    private const string Database = "database";
    private const string Schema = "database schema";
    private const string Clock = "database clock";

    // Leases and due times are compared between processes; a second or two is far within all of them.
    private static readonly TimeSpan s_mostSkew = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<CheckView>> RunAsync(
        string? connection, TimeProvider time, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            return [];
        }

        try
        {
            DatabaseFindings found = await DatabaseProbe.LookAsync(connection, time, cancellationToken);
            return
            [
                Checkup.Good(Database, $"{found.Name} answers: PostgreSQL {found.Version}, text as UTF8."),
                SchemaOf(found),
                ClockOf(found),
            ];
        }
        catch (StorageUnavailableException unavailable)
        {
            return [Checkup.Bad(Database, "It cannot be used.", unavailable.Message)];
        }
    }

    private static CheckView SchemaOf(DatabaseFindings found) => found.MissingScripts switch
    {
        0 => Checkup.Good(Schema, "Its tables are those of this version."),
        > 0 => Checkup.Good(Schema, string.Create(
            CultureInfo.InvariantCulture, $"{found.MissingScripts} migrations are to come; the next start makes them.")),
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
