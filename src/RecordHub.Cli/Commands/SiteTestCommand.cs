using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Sites;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub site test</c>.</summary>
internal static class SiteTestCommand
{
    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "The site's name" };
        Command command = HubCommand.Described(
            "test", "Call a site by each interface that it has: C-ECHO, FHIR metadata, QIDO-RS", "site test North", name);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            RecordHubOptions options = SiteCommands.Options(context);
            SiteOptions site = SitePeer.Find(options, parsed.GetRequiredValue(name));
            IReadOnlyList<CheckView> checks = await SiteTest.RunAsync(site, options, cancellationToken);
            context.Output.Show(checks, HubJson.Default.IReadOnlyListCheckView, list => context.Output.Table(
                ["", "Check", "Found", "What to do"], list.Select(IReadOnlyList<string> (check) =>
                    [check.Ok ? "ok" : "!!", check.Check, check.Detail, check.Advice])));
            return checks.All(check => check.Ok) ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }
}
