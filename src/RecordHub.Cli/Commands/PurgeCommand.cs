using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Core.Cases;
using RecordHub.Core.Retention;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub purge</c>.</summary>
internal static class PurgeCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        number.Arity = ArgumentArity.ZeroOrOne;
        Option<string?> reason = new("--reason") { Description = "Why; it stays, so it names no patient", HelpName = "R" };
        Option<CaseNumber> confirm = Symbols.CaseOption("The number again: without it nothing is removed");
        Option<CaseNumber> again = new("--confirm")
        {
            Description = confirm.Description,
            HelpName = "N",
            CustomParser = confirm.CustomParser,
        };
        Option<bool> due = new("--due") { Description = "All cases that the rules under Retention no longer keep" };
        Option<bool> dryRun = new("--dry-run") { Description = "Only show what would be removed" };
        return HubCommand.Described(
            "purge",
            "Remove all of a case for ever, and give a certificate of it. Without --confirm it only says what there is. An "
            + "interrupted purge goes on where it stood when it is run again.",
            "purge 7 --reason 'the retention period has ended' --confirm 7 --json > certificate-7.json",
            number, reason, again, due, dryRun)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                CaseNumber one = parsed.GetValue(number);
                if (one.IsNone != parsed.GetValue(due))
                {
                    throw new CommandException(
                        "Either a case or --due says what to purge.", "Run 'recordhub purge --help' for an example.",
                        ExitCodes.Usage);
                }

                if (parsed.GetValue(due))
                {
                    return await DueAsync(hub, output, parsed.GetValue(dryRun), cancellationToken);
                }

                CaseNumber confirmed = parsed.GetValue(again);
                return parsed.GetValue(dryRun) || confirmed.IsNone
                    ? await LookAsync(hub, output, one, parsed.GetValue(dryRun), cancellationToken)
                    : confirmed != one
                        ? throw new CommandException(
                            "--confirm names another case.", "Write the same number twice.", ExitCodes.Usage)
                        : await RunAsync(hub, output, one, parsed.GetValue(reason) ?? string.Empty, cancellationToken);
            });
    }

    private static async Task<int> LookAsync(
        IRecordHub hub, CommandOutput output, CaseNumber number, bool dryRun, CancellationToken cancellationToken)
    {
        PurgeView view = await hub.LookAtPurgeAsync(number, cancellationToken);
        output.Show(view, HubJson.Default.PurgeView, shown =>
        {
            if (shown.Certificate is { } certificate)
            {
                output.Line(PurgeText.Of(Parse(certificate)).TrimEnd());
                return;
            }

            output.Table(["Kind", "Rows"], shown.Counts.Select(IReadOnlyList<string> (one) =>
                [one.Key, one.Value.ToString(CultureInfo.InvariantCulture)]));
            output.Line($"Nothing was removed. To remove it for ever: purge {number} --reason REASON --confirm {number}");
        });
        return dryRun || view.Certificate is not null ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> RunAsync(
        IRecordHub hub, CommandOutput output, CaseNumber number, string reason, CancellationToken cancellationToken)
    {
        string certificate = await hub.PurgeAsync(number, reason, output.Note, cancellationToken);
        PurgeCertificate parsed = Parse(certificate);
        output.Show(parsed, HubJson.Default.PurgeCertificate, shown => output.Line(PurgeText.Of(shown).TrimEnd()));
        return parsed.IsClean ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> DueAsync(
        IRecordHub hub, CommandOutput output, bool dryRun, CancellationToken cancellationToken)
    {
        DueView due = await hub.ListDueAsync(cancellationToken);
        output.Show(due, HubJson.Default.DueView, shown =>
        {
            if (shown.Cases.Count == 0)
            {
                output.Line("No case is due.");
                return;
            }

            output.Table(["Case", "Tenant", "Status", "Since", "Kept by"], shown.Cases.Select(IReadOnlyList<string> (one) =>
            [
                one.Case.ToString(CultureInfo.InvariantCulture), one.Tenant, one.Status,
                one.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                one.HeldBecause is { } held ? $"legal hold: {held}" : string.Empty,
            ]));
        });
        int refused = 0;
        foreach (DueCaseView one in dryRun ? [] : due.Cases.Where(one => one.HeldBecause is null))
        {
            try
            {
                await hub.PurgeAsync(
                    new CaseNumber(one.Case), $"kept for long enough in the state {one.Status}", static _ => { }, cancellationToken);
                output.Note($"case {one.Case} is purged");
            }
            catch (CommandException failed)
            {
                output.Note($"case {one.Case}: {failed.Message} {failed.Advice}");
                refused++;
            }
        }

        return refused > 0 ? ExitCodes.Attention : ExitCodes.Done;
    }

    private static PurgeCertificate Parse(string certificate) =>
        JsonSerializer.Deserialize(certificate, HubJson.Default.PurgeCertificate)
        ?? throw new InvalidDataException("A certificate is no JSON.");
}
