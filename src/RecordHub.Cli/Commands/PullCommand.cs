using System.CommandLine;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Sites;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub pull</c>.</summary>
internal static class PullCommand
{
    public static Command Create()
    {
        Argument<string> name = new("site") { Description = "The configured name of the site" };
        Option<PatientIdentifier?> patient = Symbols.Patient();
        Option<CaseNumber> number = Symbols.CaseOption(
            "The case that everything is for; each record is still verified. Without --patient: by the case's identifiers of this site");
        Option<DateOnly?> since = Symbols.Since();
        Command command = HubCommand.Described(
            "pull", "Fetch studies from a site by DICOM query and retrieve; what is here already is not fetched again",
            "pull North --case 1 --since 2024-01-01", name, patient, number, since);
        command.Validators.Add(result =>
        {
            if (result.GetResult(patient) is null && result.GetResult(number) is null && result.GetResult(since) is null)
            {
                result.AddError("Say what to fetch: --patient 'ISSUER|ID', --case N or --since D. All that a site has is never fetched.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            if (parsed.GetResult(number) is not null)
            {
                await context.RequireStoreAsync(cancellationToken);
            }

            if (!context.IsRemote)
            {
                // Whoever mistypes the folder has no site in it, and makes no store there.
                _ = SitePeer.Find(SiteCommands.Options(context), parsed.GetRequiredValue(name));
            }

            await using EmbeddedHub hub = await context.OpenFolderAsync(files: true, cancellationToken);
            SiteOptions site = SitePeer.Find(hub.Options, parsed.GetRequiredValue(name));
            PullRequest request = await hub.AskForAsync(
                site, parsed.GetValue(patient), parsed.GetValue(number), parsed.GetValue(since), cancellationToken);
            PullReport report = new(context.Output);
            FetchReport progress = new(context.Output, pathOf: null, TimeProvider.System);
            return await ExplainAsync(site, hub.Options, async () =>
            {
                await foreach (PulledLine study in hub.PullAsync(request, progress.Progress, cancellationToken))
                {
                    report.Tell(study);
                }

                return report.End(site.Name);
            });
        });
        return command;
    }

    private static async Task<int> ExplainAsync(SiteOptions site, RecordHubOptions ours, Func<Task<int>> work)
    {
        try
        {
            return SitePeer.Of(site, ours) is { } peer ? await DicomNode.ExplainAsync(peer, work) : await work();
        }
        catch (PullRefusedException refused)
        {
            throw new CommandException(refused.Message, refused.Advice);
        }
    }
}
