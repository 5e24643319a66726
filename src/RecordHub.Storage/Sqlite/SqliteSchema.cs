using System.Globalization;
using System.Reflection;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace RecordHub.Storage.Sqlite;

/// <summary>Brings a database file up to date by the embedded scripts.</summary>
internal static class SqliteSchema
{
    private const string ScriptPrefix = "RecordHub.Storage.";
    private const int LockAttempts = 600;
    private static readonly TimeSpan s_lockPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How many scripts this version has.</summary>
    internal static int Scripts { get; } = typeof(SqliteSchema).Assembly.GetManifestResourceNames().Count(IsScript);

    /// <summary>Waits until no other process brings the file up to date; it is ours until the result is disposed of.</summary>
    internal static async Task<FileStream> LockAsync(string file, CancellationToken cancellationToken)
    {
        string held = file + ".lock";
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(held, PrivateFolder.File(FileShare.None));
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(held))
            {
                await Task.Delay(s_lockPause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes or migrates the file. The caller sees to it that no other process does the same.</summary>
    /// <exception cref="StorageUnavailableException">A newer version made it, or a script failed.</exception>
    internal static void Upgrade(string file)
    {
        Assembly assembly = typeof(SqliteSchema).Assembly;
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        connection.Open();
        long version = Scalar(connection, "PRAGMA user_version;");
        if (version > Scripts)
        {
            throw new StorageUnavailableException(
                $"The database {file} was made by a newer version of RecordHub; use that version, or another data folder.");
        }

        if (version == Scripts)
        {
            return;
        }

        Scalar(connection, "PRAGMA journal_mode = WAL;");
        using SharedConnection shared = new(connection);
        DatabaseUpgradeResult result = DeployChanges.To
            .SqliteDatabase(shared)
            .WithScriptsEmbeddedInAssembly(assembly, IsScript)
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new StorageUnavailableException(
                $"The database {file} could not be brought up to date ({result.Error.Message}); restore it from a backup.",
                result.Error);
        }

        Scalar(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Scripts};"));
    }

    private static bool IsScript(string name) =>
        name.StartsWith(ScriptPrefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal);

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class and a count
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
