using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox show</c>.</summary>
internal static class InboxShowCommand
{
    public static Command Create()
    {
        Argument<RecordId> id = Symbols.Record();
        return HubCommand.Described(
            "show", "Show a record and what speaks for and against", "inbox show 0193a1b2c3d470008000000000000001", id)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                InboxItemView item = await hub.ShowInboxAsync(parsed.GetRequiredValue(id), cancellationToken);
                output.Show(item, HubJson.Default.InboxItemView, view => Write(output, view));
                return ExitCodes.Done;
            });
    }

    public static void Write(CommandOutput output, InboxItemView item)
    {
        output.Line($"{item.Title}, {item.State}{(item.Case is { } number ? $" in case {number}" : string.Empty)}");
        output.Line($"  Id      {item.Id}");
        output.Line($"  Because {item.Reason}: {item.Explanation}");
        foreach (string line in item.Evidence)
        {
            output.Line($"          {line}");
        }

        output.Line($"  Came    {item.ReceivedAt:u} by {item.Door}{(item.Site is { } site ? $" from {site}" : string.Empty)}");
        if (item.FileName is { } name)
        {
            output.Line($"  File    {name}");
        }

        if (item.SuggestedCases.Count > 0)
        {
            output.Line($"  Perhaps case {string.Join(" or ", item.SuggestedCases)}");
        }

        foreach (CaseMatchView match in item.Matches ?? [])
        {
            MatchText.Write(output, match);
        }
    }
}
