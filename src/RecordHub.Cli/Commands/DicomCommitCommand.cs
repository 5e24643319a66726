using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom commit</c>.</summary>
internal static class DicomCommitCommand
{
    private const int DefaultWaitSeconds = 60;

    public static Command Create()
    {
        DicomPeerOptions options = new();
        Argument<string[]> paths = new("path") { Description = "Files and folders that were sent", Arity = ArgumentArity.OneOrMore };
        Option<bool> recursive = new("--recursive", "-r") { Description = "Go into folders inside folders" };
        Option<int> wait = new("--wait")
        {
            Description = "How long to wait for the report",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultWaitSeconds,
        };
        Command command = HubCommand.Described(
            "commit", "Ask a DICOM node whether it answers for files that were sent to it (storage commitment)",
            "dicom commit 127.0.0.1:11112 ./study --recursive --aec RECORDHUB",
            [options.Address, paths, options.Called, options.Calling, recursive, wait, .. options.Tls.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            IEnumerable<string> files = ImportWalker
                .Walk([.. parsed.GetRequiredValue(paths).Select(Path.GetFullPath)], parsed.GetValue(recursive))
                .OfType<ImportSource.Found>().Select(found => found.Path);
            DicomCommitter committer = new(
                options.Peer(parsed), TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(wait))), TimeProvider.System);
            int committed = 0;
            int failed = 0;
            foreach (CommittedInstance instance in await committer.CommitAsync(files, cancellationToken))
            {
                _ = instance.Committed ? committed++ : failed++;
                if (context.Output.IsJson)
                {
                    context.Output.Json(instance, HubJson.Default.CommittedInstance);
                }
                else if (!instance.Committed)
                {
                    context.Output.Line($"{instance.Path}: {instance.Reason}");
                }
            }

            context.Output.Line($"{committed} committed by the peer, {failed} not.");
            return failed == 0 ? ExitCodes.Done : committed > 0 ? ExitCodes.Attention : ExitCodes.Failed;
        });
        return command;
    }
}
