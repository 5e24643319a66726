using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Import;
using RecordHub.Cli.Output;
using RecordHub.Core.Cases;
using Spectre.Console;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        Argument<string[]> paths = new("path")
        {
            Description = "Files, folders, ZIP archives, disc images (ISO 9660)",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<CaseNumber> number = Symbols.CaseOption("The case that everything is for; each record is still verified");
        Option<string?> site = new("--site") { Description = "The configured name of the site it is from", HelpName = "S" };
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would happen; change nothing" };
        Option<bool> recursive = new("--recursive", "-r") { Description = "Go into folders inside folders" };
        Option<bool> resume = new("--resume") { Description = "Go on with an import that was broken off: pass over what is done" };
        Command command = HubCommand.Described(
            "import", "Take in files, folders, ZIP archives, discs and their images; says of each record what became of it and why",
            "import /media/disc --recursive --case 1 --dry-run", paths, number, site, dryRun, recursive, resume);
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && result.GetValue(resume))
            {
                result.AddError("--dry-run and --resume do not go together: a dry run leaves nothing to resume.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CommandContext context = new(parsed);
            ImportOptions options = new()
            {
                Case = parsed.GetValue(number),
                Site = parsed.GetValue(site),
                DryRun = parsed.GetValue(dryRun),
                Recursive = parsed.GetValue(recursive),
            };
            string[] given = [.. parsed.GetRequiredValue(paths).Select(Path.GetFullPath)];
            if (given.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
            {
                throw new CommandException($"There is no {missing}.", "Check the path; nothing was imported.");
            }

            if (context.Service is null && !options.Case.IsNone)
            {
                // There is no case in a store that is yet to be made.
                await context.RequireStoreAsync(cancellationToken);
            }

            await using IRecordHub hub = options.DryRun
                ? await context.OpenToLookAsync(cancellationToken) : await context.OpenAsync(files: true, cancellationToken);
            if (options.Site is { } name)
            {
                hub.EnsureSite(name);
            }

            using ImportJournal? journal = options.DryRun
                ? null
                : ImportJournal.Open(
                    Path.Combine(context.Data, "imports"), context.Target, options, parsed.GetValue(resume));
            return await RunAsync(hub, context.Output, options, journal, given, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        IRecordHub hub, CommandOutput output, ImportOptions options, ImportJournal? journal, string[] paths,
        CancellationToken cancellationToken)
    {
        ImportReport report = new();
        Importer importer = new(hub, options, journal, lines =>
        {
            if (output.IsJson)
            {
                foreach (ImportLine line in lines)
                {
                    output.Json(line, HubJson.Default.ImportLine);
                }
            }
            else
            {
                report.Add(lines);
            }
        });
        await WithProgressAsync(output, importer, paths, cancellationToken);
        if (output.IsJson)
        {
            output.Json(
                ImportSummaryLine.Of(importer.Tally, options.DryRun), HubJson.Default.ImportSummaryLine);
        }
        else
        {
            report.Write(output, importer.Tally, options.DryRun);
        }

        return importer.Tally.NeedsAttention ? ExitCodes.Attention : ExitCodes.Done;
    }

    private static async Task WithProgressAsync(
        CommandOutput output, Importer importer, string[] paths, CancellationToken cancellationToken)
    {
        if (System.Console.IsErrorRedirected)
        {
            await importer.RunAsync(paths, cancellationToken);
            return;
        }

        await output.Side.Status().StartAsync("Importing…", async status =>
        {
            using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(200));
            Task import = importer.RunAsync(paths, cancellationToken);
            while (await Task.WhenAny(import, timer.WaitForNextTickAsync(cancellationToken).AsTask()) != import)
            {
                status.Status(Markup.Escape(
                    $"{importer.Tally.Files} files: " + string.Join(", ", importer.Tally.Summary
                        .Where(pair => pair.Value > 0).Select(pair => $"{pair.Value} {pair.Key}"))));
            }

            await import;
        });
    }
}
