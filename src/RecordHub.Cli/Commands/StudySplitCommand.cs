using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub study split</c>.</summary>
internal static class StudySplitCommand
{
    public static Command Create()
    {
        Argument<string> study = new("study") { Description = "The Study Instance UID" };
        Option<CaseNumber> from = Symbols.CaseOption("--from", "The case that it is in");
        Option<CaseNumber> to = Symbols.CaseOption("--to", "The case that it belongs to");
        Option<string[]> series = Uids("--series", "A series that belongs there, by its UID; may be repeated");
        Option<string[]> instances = Uids("--instance", "An image that belongs there, by its SOP Instance UID; may be repeated");
        return HubCommand.Described(
            "split", "Say that series or images of a study, or all of it, belong to another case",
            "study split 1.2.840.99999.1 --from 1 --to 2 --series 1.2.840.99999.1.3", study, from, to, series, instances)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                StudyShare share = new()
                {
                    Case = parsed.GetRequiredValue(from),
                    StudyInstanceUid = parsed.GetRequiredValue(study),
                    Series = parsed.GetValue(series) ?? [],
                    Instances = parsed.GetValue(instances) ?? [],
                };
                CaseNumber target = parsed.GetRequiredValue(to);
                SplitView split = await hub.SplitAsync(share, target, cancellationToken);
                output.Show(split, HubJson.Default.SplitView, view =>
                {
                    output.Line($"{view.Moved} images are in case {target} now; {view.Left} of the study stay in case {share.Case}.");
                    output.Line($"Back: recordhub study split {share.StudyInstanceUid} --from {target} --to {share.Case}");
                    DecidedText.Write(output, view.Withdrawn);
                });
                return ExitCodes.Done;
            });
    }

    private static Option<string[]> Uids(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "UID",
        DefaultValueFactory = _ => [],
    };
}
