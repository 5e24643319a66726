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
        Option<bool> recursive = new("--recursive", "-r") { Description = "Go into folders inside folders" };
        Command command = HubCommand.Described(
            "send", "Send DICOM files by C-STORE", "dicom send 127.0.0.1:11112 ./study --recursive --aec RECORDHUB",
            [options.Address, paths, options.Called, options.Calling, recursive, .. options.Tls.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            int sent = 0;
            int failed = 0;
            IEnumerable<string> files = ImportWalker
                .Walk([.. parsed.GetRequiredValue(paths).Select(Path.GetFullPath)], parsed.GetValue(recursive))
                .OfType<ImportSource.Found>().Select(found => found.Path);
            await new DicomSender(options.Peer(parsed), TimeProvider.System).SendAsync(
                files,
                instance =>
                {
                    _ = instance.Sent ? sent++ : failed++;
                    if (context.Output.IsJson)
                    {
                        context.Output.Json(instance, HubJson.Default.SentInstance);
                    }
                    else if (!instance.Sent)
                    {
                        context.Output.Line($"{instance.Path}: {instance.Status} {instance.Detail}");
                    }
                },
                cancellationToken);
            context.Output.Line($"{sent} stored by the peer, {failed} not.");
            return failed == 0 ? ExitCodes.Done : sent > 0 ? ExitCodes.Attention : ExitCodes.Failed;
        });
        return command;
    }
}
