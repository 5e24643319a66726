using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case hold</c> and <c>recordhub case release</c>.</summary>
internal static class CaseHoldCommand
{
    public static Command Create() => Create(
        "hold", "Place a legal hold: the case is not purged, whatever the rules say", "case hold 7 --reason 'court order 12/26'",
        held: true);

    public static Command CreateRelease() => Create(
        "release", "Lift a legal hold", "case release 7 --reason 'the proceedings have ended'", held: false);

    private static Command Create(string name, string description, string example, bool held)
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<string> reason = new("--reason")
        {
            Description = "Why; it stays in the journal, so it names no patient",
            HelpName = "R",
            Required = true,
        };
        return HubCommand.Described(name, description, example, number, reason)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                HoldView view = await hub.HoldAsync(
                    parsed.GetValue(number), held, parsed.GetRequiredValue(reason), cancellationToken);
                output.Show(view, HubJson.Default.HoldView, shown => output.Line(
                    shown.Held ? $"Case {shown.Case} is under legal hold." : $"Case {shown.Case} is under no legal hold any more."));
                return ExitCodes.Done;
            });
    }
}
