using System.CommandLine;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub site</c>.</summary>
internal static class SiteCommands
{
    public static Command Create() => HubCommand.Described(
        "site", "The referring sites: who may call, and how they are called", "site list",
        SiteAddCommand.Create(), SiteListCommand.Create(), SiteTestCommand.Create());

    /// <summary>The settings of the data folder; a running service's are where it runs.</summary>
    internal static RecordHubOptions Options(CommandContext context) => context.IsRemote
        ? throw new CommandException(
            "Sites stand in the settings of a data folder, and 'site' takes no --server.",
            "Run it on the service's machine with --data.", ExitCodes.Usage)
        : RecordHubOptions.Load(context.Data, new Dictionary<string, string?>());
}
