using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Import;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub dicom commit</c>.</summary>
internal static class DicomCommitCommand
{
    public static Command Create()
    {
        DicomPeerOptions options = new();
        Argument<string[]> paths = new("path") { Description = "Files and folders that were sent", Arity = ArgumentArity.OneOrMore };
        Option<bool> recursive = new("--recursive", "-r") { Description = "Go into folders inside folders" };
        Option<int> wait = CommitWait.Option();
        Command command = HubCommand.Described(
            "commit", "Ask a DICOM node whether it answers for files that were sent to it (storage commitment)",
            "dicom commit 127.0.0.1:11112 ./study --recursive --aec RECORDHUB",
            [options.Address, paths, options.Called, options.Calling, recursive, wait, .. options.Tls.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            IEnumerable<string> files = ImportWalker
                .Walk([.. parsed.GetRequiredValue(paths).Select(Path.GetFullPath)], parsed.GetValue(recursive))
                .FilesOf(passed => context.Output.Note($"{passed.Path}: {passed.Reason}"));
            DicomCommitter committer = new(
                options.Peer(parsed), CommitWait.Of(parsed, wait), TimeProvider.System, context.Output.Note);
            return CommitReport.Tell(context.Output, await committer.CommitAsync(files, cancellationToken));
        });
        return command;
    }
}
