using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case deliver|close|decline|cancel|reopen</c>.</summary>
internal static class CaseMoveCommand
{
    public static Command[] CreateAll() =>
    [
        Create(CaseMove.Deliver, "Say that the opinion was released to its recipient", "case deliver 7", needsReason: false),
        Create(
            CaseMove.Close, "Say that the delivered opinion was read: nothing more is filed, retention counts from now",
            "case close 7", needsReason: false),
        Create(
            CaseMove.Decline, "Decline the case: nobody here gives an opinion on it",
            "case decline 7 --reason 'outside of what we do'", needsReason: true),
        Create(
            CaseMove.Cancel, "Cancel the case: whoever asked does not want it any more",
            "case cancel 7 --reason 'asked for by the referring doctor'", needsReason: true),
        Create(
            CaseMove.Reopen, "Take the end of a case back: records are filed again, and what came meanwhile is looked at",
            "case reopen 7 --reason 'declined by mistake'", needsReason: true),
    ];

    private static Command Create(CaseMove move, string description, string example, bool needsReason)
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<string?> reason = new("--reason")
        {
            Description = "Why; it stays in the journal, so it names no patient",
            HelpName = "R",
            Required = needsReason,
        };
        return HubCommand.Described(ViewsOfCore.Words(move), description, example, number, reason)
            .Runs(files: move == CaseMove.Reopen, async (hub, output, parsed, cancellationToken) =>
            {
                CaseMovedView moved = await hub.MoveCaseAsync(
                    parsed.GetValue(number), move, parsed.GetValue(reason), cancellationToken);
                output.Show(moved, HubJson.Default.CaseMovedView, view => output.Line(
                    $"Case {view.Case} is {view.Status}{(view.Changed ? string.Empty : " already")}."
                    + (view.PurgeDue is { } due ? $" It may be purged from {due:yyyy-MM-dd} on." : string.Empty)));
                return ExitCodes.Done;
            });
    }
}
