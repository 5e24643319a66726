using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Storage.Backups;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub backup</c>.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        Option<string?> folder = new("--out") { Description = "The folder of backups; the blobs in it are not copied again", HelpName = "FOLDER" };
        Command command = HubCommand.Described(
            "backup",
            "Write a backup of the database and all blobs that it names, while the service goes on. It is as confidential as "
            + "the records; the encryption key and the settings are not in it.",
            "backup --out /backups/recordhub --data ./records", folder, Verify());
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(folder) ?? throw new CommandException(
                "--out is missing.", "Name the folder of backups; see 'recordhub backup --help'.", ExitCodes.Usage);
            return BackupStore.RunAsync(
                new CommandContext(parsed),
                (services, progress) => services.GetRequiredService<Backup>().WriteAsync(path, progress, cancellationToken),
                "Backed up");
        });
        return command;
    }

    private static Command Verify()
    {
        Argument<string> path = new("path") { Description = "A folder of backups, of which the latest is read, or one backup in it" };
        Command command = HubCommand.Described(
            "verify", "Read every byte of a backup again and compare it with its manifest", "backup verify /backups/recordhub", path);
        command.SetAction((parsed, cancellationToken) => BackupStore.ShowAsync(
            new CommandContext(parsed),
            progress => Backup.VerifyAsync(parsed.GetRequiredValue(path), progress, cancellationToken), "All is as it was written"));
        return command;
    }
}
