using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox alerts</c>.</summary>
internal static class InboxAlertsCommand
{
    public static Command Create() => HubCommand.Described(
        "alerts", "List what was sent for a case and is somebody else's; with a sender's token, what that sender sent",
        "inbox alerts")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<AlertView> alerts = await hub.ListAlertsAsync(cancellationToken);
            output.Show(alerts, HubJson.Default.IReadOnlyListAlertView, list =>
            {
                if (list.Count == 0)
                {
                    output.Line("Nothing that is held was sent for somebody else's case.");
                    return;
                }

                output.Table(["Record", "For case", "From", "By", "When"], list.Select(IReadOnlyList<string> (one) =>
                    [one.Record, $"{one.Case}", one.Site ?? one.Sender ?? string.Empty, one.Door, $"{one.ReceivedAt:u}"]));
                output.Line("Tell who sent it: check which patient and which case number were chosen.");
            });
            return ExitCodes.Done;
        });
}
