using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub package publish</c>.</summary>
internal static class PackagePublishCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<bool> force = new("--force") { Description = "Publish although something required is missing" };
        Option<string?> reason = new("--reason") { Description = "Why it is published all the same", HelpName = "R" };
        Command command = HubCommand.Described(
            "publish", "Seal what the case holds as the next version, unless nothing has changed",
            "package publish 1 --force --reason 'slides travel by courier'", number, force, reason);
        command.Validators.Add(result =>
        {
            if (result.GetValue(force) && string.IsNullOrWhiteSpace(result.GetValue(reason)))
            {
                result.AddError("--force needs a --reason: it stands in the package.");
            }
        });
        return command.Runs(files: true, async (hub, output, parsed, cancellationToken) =>
        {
            PublishedView published = await hub.PublishAsync(
                parsed.GetRequiredValue(number), parsed.GetValue(force), parsed.GetValue(reason), cancellationToken);
            output.Show(published, HubJson.Default.PublishedView, view =>
            {
                output.Line(view.Created
                    ? $"Version {view.Version} of the package of case {view.Case} is published."
                    : $"Nothing has changed since version {view.Version} of the package of case {view.Case}.");
                output.Line($"  Digest (SHA-256)  {view.Digest}");
                foreach (FindingView warning in view.Warnings)
                {
                    output.Line($"  Missing           {warning.Label}: {warning.Detail}");
                }
            });
            return ExitCodes.Done;
        });
    }
}
