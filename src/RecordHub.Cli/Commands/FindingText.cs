using RecordHub.Cli.Output;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary>How a person reads what is here and what is missing.</summary>
internal static class FindingText
{
    public static void Write(CommandOutput output, IEnumerable<FindingView> findings)
    {
        IReadOnlyList<FindingView> list = [.. findings];
        if (list.Count == 0)
        {
            output.Line("Nothing is missing.");
            return;
        }

        output.Table(["", "What", "Is", "Detail"], list.Select(IReadOnlyList<string> (finding) =>
        [
            finding.Blocker ? "blocks" : finding.Level, finding.Label, finding.Outcome.Replace('-', ' '), finding.Detail,
        ]));
    }
}
