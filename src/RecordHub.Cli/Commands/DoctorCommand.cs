using System.CommandLine;
using RecordHub.Cli.Doctor;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<bool> full = new("--full") { Description = "Read all of a SQLite database, however long that takes" };
        Option<string?> backups = new("--backups") { Description = "Look at this folder of backups as well", HelpName = "FOLDER" };
        Command command = HubCommand.Described(
            "doctor", "Check database, blobs and their keys, object store, broker, pipeline, journal, ports, disk, clock and codecs, and say what to do",
            "doctor --json", full, backups);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            IReadOnlyList<CheckView> checks = await Checkup.RunAsync(
                context.Data, RecordHubOptions.Load(context.Data, new Dictionary<string, string?>()),
                parsed.GetValue(full), cancellationToken);
            checks = [.. checks, .. BackupCheck.Run(parsed.GetValue(backups))];
            context.Output.Show(checks, HubJson.Default.IReadOnlyListCheckView, list => context.Output.Table(
                ["", "Check", "Found", "What to do"], list.Select(IReadOnlyList<string> (check) =>
                    [check.Ok ? "ok" : "!!", check.Check, check.Detail, check.Advice])));
            return checks.All(check => check.Ok) ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }
}
