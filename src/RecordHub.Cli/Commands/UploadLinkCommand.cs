using System.CommandLine;
using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Core.Cases;
using RecordHub.Core.Uploads;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case link</c>: upload links. (<c>case links</c> are those between identifiers and patients.)</summary>
internal static class UploadLinkCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<int?> days = new("--days")
        {
            Description = $"For how many days it takes files, 1 to {UploadLinkDesk.MostDays} (default: Uploads:LinkDays, which is 30)",
            HelpName = "D",
        };
        Option<string?> label = new("--label")
        {
            Description = "Whom it is for; the journal keeps it, so it names no patient",
            HelpName = "L",
        };
        Option<bool> list = new("--list") { Description = "List the links instead, without their secrets" };
        Option<string?> revoke = new("--revoke") { Description = "Make this link take nothing any more", HelpName = "ID" };
        Command command = HubCommand.Described(
            "link", "Make an upload link: who has it sends files for the case from a browser or a script; it is shown once",
            "case link 7 --days 14 --label 'clinic North'", number, days, label, list, revoke);
        command.Aliases.Add("upload-link");
        command.Validators.Add(result =>
        {
            bool makes = result.GetResult(days) is not null || result.GetResult(label) is not null;
            bool lists = result.GetResult(list) is not null;
            bool revokes = result.GetResult(revoke) is not null;
            if ((makes && (lists || revokes)) || (lists && revokes))
            {
                result.AddError("Make a link (--days, --label), list them (--list), or revoke one (--revoke): one at a time.");
            }
        });
        return command.Runs(files: false, async (hub, output, parsed, cancellationToken) =>
        {
            CaseNumber named = parsed.GetValue(number);
            if (parsed.GetValue(revoke) is { } id)
            {
                await hub.RevokeUploadLinkAsync(named, id, cancellationToken);
                output.Show(new RevokedLinkLine(named.Value, id, true), HubJson.Default.RevokedLinkLine, view =>
                    output.Line($"Upload link {view.Id} of case {view.Case} takes nothing any more."));
            }
            else if (parsed.GetValue(list))
            {
                IReadOnlyList<UploadLinkView> links = await hub.ListUploadLinksAsync(named, cancellationToken);
                output.Show(links, HubJson.Default.IReadOnlyListUploadLinkView, shown => Write(output, named, shown));
            }
            else
            {
                UploadLinkView made = await hub.CreateUploadLinkAsync(
                    named, parsed.GetValue(days), parsed.GetValue(label), cancellationToken);
                output.Show(made, HubJson.Default.UploadLinkView, view =>
                {
                    output.Line($"Upload link {view.Id} of case {view.Case}, until {Day(view.ExpiresAt)}. It is shown this once:");
                    output.Line(view.UploadLink ?? string.Empty);
                    WriteAdvice(output, view.UploadLink);
                });
            }

            return ExitCodes.Done;
        });
    }

    /// <summary>What to do with a link that has no address before it.</summary>
    public static void WriteAdvice(CommandOutput output, string? link)
    {
        if (link is ['/', ..])
        {
            output.Line("  Put the address of the service before it, or set Http:PublicUrl and make another one.");
        }
    }

    private static void Write(CommandOutput output, CaseNumber number, IReadOnlyList<UploadLinkView> links)
    {
        if (links.Count == 0)
        {
            output.Line($"Case {number} has no upload link. Make one with 'recordhub case link {number}'.");
            return;
        }

        output.Table(["Id", "State", "For", "Made", "By", "Until", "Files", "Bytes"], links.Select(IReadOnlyList<string> (link) =>
        [
            link.Id, link.State, link.Label, Day(link.CreatedAt), link.CreatedBy, Day(link.EndedAt ?? link.ExpiresAt),
            link.Files.ToString(CultureInfo.InvariantCulture), link.Bytes.ToString(CultureInfo.InvariantCulture),
        ]));
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
