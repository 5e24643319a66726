using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom send</c>.</summary>
internal static class DicomSendCommand
{
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
            SendReport report = new(context.Output);
            IEnumerable<string> files = ImportWalker
                .Walk([.. parsed.GetRequiredValue(paths).Select(Path.GetFullPath)], parsed.GetValue(recursive))
                .FilesOf(passed => Pass(passed, context, report));
            DicomPeer peer = options.Peer(parsed);
            using SentJournal? sentBefore = parsed.GetValue(journal) is { } path ? SentJournal.Open(path, peer) : null;
            return report.End(await new DicomSender(peer, TimeProvider.System, context.Output.Note).SendAsync(
                files, sentBefore, report.Tell, cancellationToken));
        });
        return command;
    }

    // A folder that cannot be read may have hidden something; one that was not asked for has not.
    private static void Pass(ImportSource.Passed passed, CommandContext context, SendReport report)
    {
        if (passed.Outcome == ImportOutcomes.Rejected)
        {
            report.Tell(new SentInstance(passed.Path, string.Empty, string.Empty, SendOutcome.Unsent, "not sent: " + passed.Reason));
        }
        else
        {
            context.Output.Note($"{passed.Path}: {passed.Reason}");
        }
    }
}
