using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package readers</c>.</summary>
internal static class PackageReadersCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<int> version = Symbols.Version("--version", "Only this version", required: false);
        return HubCommand.Described(
            "readers", "List who opened the versions, and which of them hold what was taken out of the case since",
            "package readers 1 --version 2", number, version)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                int asked = parsed.GetValue(version);
                IReadOnlyList<ReaderView> readers = await hub.ListReadersAsync(
                    parsed.GetRequiredValue(number), asked == 0 ? null : asked, cancellationToken);
                output.Show(readers, HubJson.Default.IReadOnlyListReaderView, list =>
                {
                    if (list.Count == 0)
                    {
                        output.Line("Nobody has opened it by a token.");
                        return;
                    }

                    DecidedText.Write(output, list);
                });
                return ExitCodes.Done;
            });
    }
}
