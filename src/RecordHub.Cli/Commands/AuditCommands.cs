using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub audit</c>.</summary>
internal static class AuditCommands
{
    public static Command Create() => HubCommand.Described(
        "audit", "The operators' journal: holds, ends of cases, purges", "audit verify", Verify());

    private static Command Verify()
    {
        Option<string?> known = new("--contains")
        {
            Description = "A head that was noted before, as this command and certificates print it: it has to be in the journal",
            HelpName = "HEAD",
        };
        return HubCommand.Described(
            "verify", "Check the chain of digests of the operators' journal, and the certificates against it; names the first broken entry",
            "audit verify --contains '12 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'", known)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                JournalView journal = await hub.VerifyJournalAsync(parsed.GetValue(known), cancellationToken);
                output.Show(journal, HubJson.Default.JournalView, view => output.Line(Text(view)));
                return journal.Ok ? ExitCodes.Done : ExitCodes.Failed;
            });
    }

    private static string Text(JournalView view) =>
        view.FirstBroken is { } broken
            ? $"The journal is broken at entry {broken}: it, or one before it, is not what was written. Compare it with a backup."
        : view.Unknown is { } unknown
            ? $"The chain holds, but {unknown} is not in it: entries were taken off its end, or it is another journal. Compare it with a backup."
        : view.Entries == 0 ? "The journal is empty."
        : $"{view.Entries} entries, each as it was written. Note this head elsewhere: {view.Head}";
}
