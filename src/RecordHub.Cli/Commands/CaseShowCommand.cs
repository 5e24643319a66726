using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case show</c>.</summary>
internal static class CaseShowCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        return HubCommand.Described("show", "Show what a case holds", "case show 1", number)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                CaseDetailsView details = await hub.ShowCaseAsync(parsed.GetRequiredValue(number), cancellationToken);
                output.Show(details, HubJson.Default.CaseDetailsView, view =>
                {
                    output.Line($"Case {view.Case}, {view.Specialty}, {view.Status} since {view.StatusSince:yyyy-MM-dd}");
                    if (view.Status == CaseStatus.Purged)
                    {
                        output.Line($"  Nothing is left of it but its certificate: recordhub purge {view.Case}");
                        return;
                    }

                    if (view.Hold is { } hold)
                    {
                        output.Line($"  On hold   since {hold.Since:yyyy-MM-dd}, by {hold.By}: {hold.Reason}");
                    }

                    if (view.PurgeDue is { } due)
                    {
                        output.Line($"  Kept      until {due:yyyy-MM-dd}{(view.Hold is null ? string.Empty : ", and for as long as it is on hold")}");
                    }

                    output.Line($"  Patient   {view.Family}, {view.Given}, born {view.BirthDate}");
                    output.Line($"  Question  {view.Question}");
                    output.Line($"  Package   {(view.PackageVersion is { } version ? $"version {version}" : "not published yet")}");
                    output.Line($"  Images    {view.Instances} in {view.Studies} studies");
                    foreach ((string type, int count) in view.Resources.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    {
                        output.Line($"            {count} {type}");
                    }

                    if (view.Held > 0)
                    {
                        output.Line($"  Inbox     {view.Held} held record(s) may belong here: recordhub inbox list");
                    }

                    output.Line();
                    FindingText.Write(output, view.Missing.Where(finding => finding.Outcome != "present"));
                    StudyText.Write(output, view.Completeness);
                });
                return ExitCodes.Done;
            });
    }
}
