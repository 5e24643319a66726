using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package show</c>.</summary>
internal static class PackageShowCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<int> version = Symbols.Version("--version", "The version; without it the latest", required: false);
        return HubCommand.Described("show", "Show what a version holds", "package show 1 --version 2", number, version)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                int asked = parsed.GetValue(version);
                PackageView package = await hub.ShowPackageAsync(
                    parsed.GetRequiredValue(number), asked == 0 ? null : asked, cancellationToken);
                output.Show(package, HubJson.Default.PackageView, view =>
                {
                    output.Line($"Case {view.Case}, version {view.Version}, published {view.CreatedAt:u} by {view.CreatedBy}");
                    output.Line($"  Digest (SHA-256)  {view.Digest}, {view.Length:N0} bytes");
                    if (view.OverrideReason is { } why)
                    {
                        output.Line($"  Published although something was missing: {why}");
                    }

                    output.Table(["Section", "What", "Reference"], view.Entries
                        .OrderBy(entry => entry.Section, StringComparer.Ordinal)
                        .ThenBy(entry => entry.Title, StringComparer.Ordinal)
                        .Select(IReadOnlyList<string> (entry) => [entry.Section, entry.Title, entry.Reference]));
                });
                return ExitCodes.Done;
            });
    }
}
