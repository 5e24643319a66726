using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub case letter</c>.</summary>
internal static class CaseLetterCommand
{
    public static Command Create()
    {
        Argument<CaseNumber> number = Symbols.Case();
        return HubCommand.Described("letter", "Write the letter that asks for what is missing", "case letter 1 > letter.txt", number)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                LetterView letter = await hub.LetterAsync(parsed.GetRequiredValue(number), cancellationToken);
                output.Show(letter, HubJson.Default.LetterView, view => output.Line(view.Letter));
                return ExitCodes.Done;
            });
    }
}
