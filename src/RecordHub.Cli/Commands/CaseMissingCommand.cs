using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case missing</c>.</summary>
internal static class CaseMissingCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        return HubCommand.Described("missing", "Show the checklist of a case, what blocks first", "case missing 1", number)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                MissingView missing = await hub.MissingAsync(parsed.GetRequiredValue(number), cancellationToken);
                output.Show(missing, HubJson.Default.MissingView, view =>
                {
                    FindingText.Write(output, view.Findings);
                    StudyText.Write(output, view.Studies);
                    output.Line(view.Note);
                });
                return ExitCodes.Done;
            });
    }
}
