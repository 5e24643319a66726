using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Storage.Backups;

namespace RecordHub.Cli.Doctor;

/// <summary>The check of a folder of backups, when one is named.</summary>
internal static class BackupCheck
{
    private const string Backups = "backups";

    public static IReadOnlyList<CheckView> Run(string? folder)
    {
        if (folder is null)
        {
            return [];
        }

        try
        {
            return [Of(BackupLook.In(folder), Path.GetFullPath(folder))];
        }
        catch (BackupException wrong)
        {
            return [Checkup.Bad(Backups, wrong.Message, wrong.Advice)];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [Checkup.Bad(Backups, $"{folder} cannot be read.", "Run it as the account that makes the backups, or name their folder.")];
        }
    }

    private static CheckView Of(BackupsFound found, string folder) => found switch
    {
        { Unfinished: > 0 } => Checkup.Bad(
            Backups, string.Create(CultureInfo.InvariantCulture, $"{found.Unfinished} unfinished, left by interrupted runs; {Latest(found)}"),
            "The next 'recordhub backup' into the same folder removes them. See why they were interrupted."),
        { Finished: 0, Runs: false } => Checkup.Bad(
            Backups, $"There is no backup in {folder}.", "Name the folder that 'recordhub backup --out' is given, or make one."),
        _ => Checkup.Good(Backups, found.Runs ? $"One is being made; {Latest(found)}" : Latest(found)),
    };

    private static string Latest(BackupsFound found) => found.Latest is { } latest
        ? string.Create(CultureInfo.InvariantCulture, $"the latest of {found.Finished} is of {latest:u}; 'recordhub backup verify' reads it.")
        : "there is no other.";
}
