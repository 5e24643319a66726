using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom send</c>.</summary>
internal static class DicomSendCommand
{
    private static readonly (SendOutcome Outcome, string Words)[] s_words =
    [
        (SendOutcome.Warned, "of them with a warning"),
        (SendOutcome.StoredBefore, "stored before"),
        (SendOutcome.Refused, "refused"),
        (SendOutcome.Unanswered, "not answered"),
        (SendOutcome.Unsent, "not sent"),
    ];

    public static Command Create()
    {
        DicomPeerOptions options = new();
        Argument<string[]> paths = new("path") { Description = "Files and folders", Arity = ArgumentArity.OneOrMore };
        Option<string?> journal = new("--journal")
        {
            Description = "Note in this file what the peer has stored, and pass it over the next time",
            HelpName = "FILE",
        };
        Option<bool> recursive = new("--recursive", "-r") { Description = "Go into folders inside folders" };
        Command command = HubCommand.Described(
            "send", "Send DICOM files by C-STORE", "dicom send 127.0.0.1:11112 ./study --recursive --aec RECORDHUB",
            [options.Address, paths, options.Called, options.Calling, recursive, journal, .. options.Tls.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            Dictionary<SendOutcome, int> counts = [];
            IEnumerable<string> files = ImportWalker
                .Walk([.. parsed.GetRequiredValue(paths).Select(Path.GetFullPath)], parsed.GetValue(recursive))
                .OfType<ImportSource.Found>().Select(found => found.Path);
            DicomPeer peer = options.Peer(parsed);
            using SentJournal? sentBefore = parsed.GetValue(journal) is { } path ? SentJournal.Open(path, peer) : null;
            CommandException? ended = await new DicomSender(peer, TimeProvider.System).SendAsync(
                files, sentBefore,
                instance =>
                {
                    counts[instance.Outcome] = counts.GetValueOrDefault(instance.Outcome) + 1;
                    if (context.Output.IsJson)
                    {
                        context.Output.Json(instance, HubJson.Default.SentInstance);
                    }
                    else if (instance.Outcome is not (SendOutcome.Stored or SendOutcome.StoredBefore))
                    {
                        context.Output.Line($"{instance.Path}: {instance.Status} {instance.Detail}");
                    }
                },
                cancellationToken);
            context.Output.Line(Summary(counts));
            if (ended is not null)
            {
                context.Output.Failure(ended.Message, ended.Advice);
            }

            return ExitCodeOf(counts);
        });
        return command;
    }

    private static string Summary(Dictionary<SendOutcome, int> counts)
    {
        int stored = counts.GetValueOrDefault(SendOutcome.Stored) + counts.GetValueOrDefault(SendOutcome.Warned);
        List<string> parts = [$"{stored} stored by the peer"];
        foreach ((SendOutcome outcome, string words) in s_words)
        {
            if (counts.TryGetValue(outcome, out int count))
            {
                parts.Add($"{count} {words}");
            }
        }

        return string.Join(", ", parts) + ".";
    }

    private static int ExitCodeOf(Dictionary<SendOutcome, int> counts)
    {
        int stored = counts.GetValueOrDefault(SendOutcome.Stored) + counts.GetValueOrDefault(SendOutcome.StoredBefore);
        int warned = counts.GetValueOrDefault(SendOutcome.Warned);
        return stored == counts.Values.Sum() ? ExitCodes.Done : stored + warned > 0 ? ExitCodes.Attention : ExitCodes.Failed;
    }
}
