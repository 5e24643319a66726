using System.CommandLine;
using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case links</c>, <c>case unlink</c> and <c>case relink</c>.</summary>
internal static class CaseLinksCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        number.Arity = ArgumentArity.ZeroOrOne;
        Option<PatientIdentifier?> identifier = Symbols.Identifier("Whose this identifier is, instead of a case");
        return HubCommand.Described(
            "links", "Show which identifiers are the patient's, since when, and who says so", "case links 7", number, identifier)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                LinksView view = parsed.GetValue(identifier) is { } one
                    ? await hub.FindLinkAsync(one, cancellationToken)
                    : await hub.ListLinksAsync(Named(parsed.GetValue(number)), cancellationToken);
                output.Show(view, HubJson.Default.LinksView, shown => Write(output, shown));
                return ExitCodes.Done;
            });
    }

    public static Command CreateUnlink() => CreateDecision(
        "unlink", "Say that an identifier is not the patient's: nothing is filed by it any more, and what was is held",
        "case unlink 7 --identifier 'urn:oid:2.25.1001|SYN-4711' --reason 'the number was given to another patient'", takeBack: true);

    public static Command CreateRelink() => CreateDecision(
        "relink", "Take that back: records may link the identifier again",
        "case relink 7 --identifier 'urn:oid:2.25.1001|SYN-4711' --reason 'it was another number'", takeBack: false);

    private static Command CreateDecision(string name, string description, string example, bool takeBack)
    {
        Argument<CaseNumber> number = Symbols.Case();
        Option<PatientIdentifier?> identifier = Symbols.Identifier("The identifier");
        identifier.Required = true;
        Option<string> reason = new("--reason") { Description = "Why", HelpName = "R", Required = true };
        return HubCommand.Described(name, description, example, number, identifier, reason)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                LinksView view = await hub.DecideLinkAsync(
                    parsed.GetValue(number), parsed.GetValue(identifier) ?? default, takeBack, parsed.GetRequiredValue(reason),
                    cancellationToken);
                output.Show(view, HubJson.Default.LinksView, shown => Write(output, shown));
                return ExitCodes.Done;
            });
    }

    private static CaseNumber Named(CaseNumber number) => number.IsNone
        ? throw new CommandException("Nothing is named.", "Name a case by its number, or an identifier: --identifier 'ISSUER|ID'.")
        : number;

    private static void Write(CommandOutput output, LinksView view)
    {
        if (view.Links.Count == 0)
        {
            output.Line("No identifier is linked to the patient.");
            return;
        }

        output.Table(["Issuer", "Identifier", "Is the patient's", "Because", "Since", "Who says so"], view.Links.Select(
            IReadOnlyList<string> (link) =>
            [
                link.Issuer, link.Value, link.Stands ? "yes" : "no: taken back", link.Because, Day(link.Since), Who(link),
            ]));
        if (view.LookedAtAgain is { } count)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture, $"{count} items with the identifier were looked at again."));
        }
    }

    private static string Who(LinkView link)
    {
        IEnumerable<string> people = link.Decisions.Select(one =>
            $"{(one.TakenBack ? "taken back" : "restored")} by {one.By} on {Day(one.At)}: {one.Reason}");
        IEnumerable<string> records = link.Speakers.Select(one => $"{one.Reason} by {one.By} on {Day(one.At)} ({one.Record})");
        string more = link.Items > link.Speakers.Count
            ? string.Create(CultureInfo.InvariantCulture, $"and {link.Items - link.Speakers.Count} more") : string.Empty;
        return string.Join("; ", people.Concat(records).Append(more).Where(text => text.Length > 0));
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
