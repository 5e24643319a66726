using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Storage.Backups;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub restore</c>.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        Option<string> from = new("--from")
        {
            Description = "A folder of backups, of which the latest is taken, or one backup in it",
            HelpName = "PATH",
            Required = true,
        };
        Command command = HubCommand.Described(
            "restore",
            "Make an empty data folder (and the empty database that its settings name) what a backup says; every digest is "
            + "compared. An interrupted run is run again.",
            "restore --from /backups/recordhub --data ./restored", from);
        command.SetAction((parsed, cancellationToken) => BackupStore.RunAsync(
            new CommandContext(parsed),
            (services, progress) => services.GetRequiredService<Restore>()
                .RunAsync(parsed.GetRequiredValue(from), progress, cancellationToken),
            "Restored"));
        return command;
    }
}
