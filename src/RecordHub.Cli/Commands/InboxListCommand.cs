using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox list</c>.</summary>
internal static class InboxListCommand
{
    public static Command Create() => HubCommand.Described("list", "List the records that are held", "inbox list")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<InboxItemView> items = await hub.ListInboxAsync(cancellationToken);
            output.Show(items, HubJson.Default.IReadOnlyListInboxItemView, list =>
            {
                if (list.Count == 0)
                {
                    output.Line("The inbox is empty.");
                    return;
                }

                output.Table(["Id", "What", "Held because", "Perhaps case"], list.Select(IReadOnlyList<string> (item) =>
                [
                    item.Id, item.Title, $"{item.Reason}: {item.Explanation}", string.Join(", ", item.SuggestedCases),
                ]));
                output.Line("Next: recordhub inbox show ID, recordhub inbox assign ID --case N, recordhub inbox reject ID --reason R");
            });
            return ExitCodes.Done;
        });
}
