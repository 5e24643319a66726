using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Sites;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub site list</c>.</summary>
internal static class SiteListCommand
{
    public static Command Create()
    {
        Command command = HubCommand.Described("list", "List the referring sites", "site list --json");
        command.SetAction(parsed =>
        {
            CommandContext context = new(parsed);
            SiteView[] sites = [.. SiteCommands.Options(context).Sites.Select(SiteView.Of)];
            if (sites.Length == 0 && !Directory.Exists(context.Data))
            {
                throw new CommandException(
                    $"There is no folder {context.Data}.",
                    "Name the data folder with --data; 'recordhub site add' makes one with the settings of a first site.");
            }

            context.Output.Show(sites, HubJson.Default.IReadOnlyListSiteView, list => context.Output.Table(
                ["Site", "AE title", "Calls from", "Is called at", "May", "Sees", "Tenant"],
                list.Select(IReadOnlyList<string> (site) =>
                [
                    site.Name, site.AeTitle ?? string.Empty,
                    site.CallsFrom.Count == 0 ? "anywhere" : string.Join(", ", site.CallsFrom),
                    site.Host is null ? string.Empty : $"{site.Host}:{site.Port}", string.Join(", ", site.Verbs), site.Sees,
                    site.Tenant ?? string.Empty,
                ])));
            return ExitCodes.Done;
        });
        return command;
    }
}
