using RecordHub.Cli.Output;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary>How a person reads what a decision did, or would do.</summary>
internal static class DecidedText
{
    public static void Write(CommandOutput output, DecidedView decided)
    {
        InboxShowCommand.Write(output, decided.Record);
        if (decided.Others > 0)
        {
            output.Line($"{decided.Others} more went with it.");
        }

        Write(output, decided.Withdrawn);
    }

    public static void Write(CommandOutput output, IReadOnlyList<MovedView> moved)
    {
        output.Line($"It would file {moved.Count} {(moved.Count == 1 ? "record" : "records")}. Nothing was changed.");
        output.Table(["Id", "What", "Because", "Into case"], moved.Select(IReadOnlyList<string> (one) =>
            [one.Id, one.Title, Words(one.Because), $"{one.Case}"]));
    }

    public static void Write(CommandOutput output, WithdrawnView? withdrawn)
    {
        if (withdrawn is null)
        {
            return;
        }

        output.Line(withdrawn.Notice);
        if (withdrawn.Readers.Count == 0)
        {
            output.Line("Nobody has opened it by a token.");
        }
        else
        {
            output.Line("Tell those who have opened it:");
            Write(output, withdrawn.Readers);
        }

        output.Line($"Next: recordhub package publish {withdrawn.Case}");
    }

    public static void Write(CommandOutput output, IReadOnlyList<ReaderView> readers) => output.Table(
        ["Version", "Who", "Role", "Opened", "First", "Last", "Since withdrawn"],
        readers.Select(IReadOnlyList<string> (one) =>
        [
            $"{one.Version}", one.Name, one.Role, one.Kind, $"{one.First:u}", $"{one.Last:u}",
            one.WithdrawnAt is { } at ? $"{at:u}" : string.Empty,
        ]));

    private static string Words(string because) => because switch
    {
        "chosen" => "chosen",
        "same-study" => "of the same study",
        "same-patient" => "names the same patient",
        _ => "its identifier would be known",
    };
}
