using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub inbox groups</c>.</summary>
internal static class InboxGroupsCommand
{
    private const int PageSize = 20;

    public static Command Create()
    {
        Option<RecordId?> after = new("--after")
        {
            Description = "The next page: what the page before ended with",
            HelpName = "ID",
            CustomParser = result => RecordId.TryParse(result.Tokens[0].Value, out RecordId id) ? id : null,
        };
        Option<int> count = new("--count")
        {
            Description = "How many patients",
            HelpName = "N",
            DefaultValueFactory = _ => PageSize,
        };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 200)
            {
                result.AddError("--count is between 1 and 200.");
            }
        });
        return HubCommand.Described(
            "groups", "List what is held by patient as claimed and by study, with the cases that it may belong to",
            "inbox groups --count 10", after, count)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                InboxPageView page =
                    await hub.ListInboxGroupsAsync(parsed.GetValue(after), parsed.GetValue(count), cancellationToken);
                output.Show(page, HubJson.Default.InboxPageView, view => Write(output, view));
                return ExitCodes.Done;
            });
    }

    private static void Write(CommandOutput output, InboxPageView page)
    {
        if (page.Groups.Count == 0)
        {
            output.Line(page.Total == 0 ? "The inbox is empty." : "There are no more.");
            return;
        }

        output.Line($"{page.Records} records of {page.Total} patients as claimed are held.");
        foreach (InboxPatientView group in page.Groups)
        {
            output.Line();
            output.Line($"{Who(group.Claimed)}: {group.Count} held since {group.Since:u}");
            foreach (InboxStudyView study in group.Studies)
            {
                output.Line($"  {study.First.Id}  {study.Count} × {study.First.Title}  {string.Join(", ", study.Reasons)}");
                output.Line($"      {study.First.Explanation}");
            }

            foreach (CaseMatchView match in group.Matches)
            {
                output.Line($"  perhaps case {match.Case}: {MatchText.Summary(match)}");
            }
        }

        output.Line();
        output.Line("Next: recordhub inbox show ID, recordhub inbox assign ID --case N --of patient --dry-run");
        if (page.Next is { } next)
        {
            output.Line($"More: recordhub inbox groups --after {next}");
        }
    }

    private static string Who(ClaimView claim)
    {
        string who = string.Join(", ", claim.Names.Take(1).Append(claim.BirthDate).Append(claim.Sex)
            .Concat(claim.Identifiers.Take(2)).Where(part => !string.IsNullOrEmpty(part)));
        return who.Length == 0 ? "Names nobody" : who;
    }
}
