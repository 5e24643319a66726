using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package diff</c>.</summary>
internal static class PackageDiffCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<int> from = Symbols.Version("--from", "The earlier version");
        Option<int> to = Symbols.Version("--to", "The later version");
        return HubCommand.Described("diff", "Show what changed between two versions", "package diff 1 --from 1 --to 2", number, from, to)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                IReadOnlyList<PackageChangeView> changes = await hub.DiffPackageAsync(
                    parsed.GetRequiredValue(number), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to),
                    cancellationToken);
                output.Show(changes, HubJson.Default.IReadOnlyListPackageChangeView, list =>
                {
                    if (list.Count == 0)
                    {
                        output.Line("Nothing changed.");
                        return;
                    }

                    output.Table(["", "What", "Section", "Reference"], list.Select(IReadOnlyList<string> (change) =>
                        [change.Kind, change.Entry.Title, change.Entry.Section, change.Entry.Reference]));
                });
                return ExitCodes.Done;
            });
    }
}
