using RecordHub.Cli.Output;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary>How a person reads what a decision did.</summary>
internal static class DecidedText
{
    public static void Write(CommandOutput output, DecidedView decided)
    {
        InboxShowCommand.Write(output, decided.Record);
        if (decided.Others > 0)
        {
            output.Line($"{decided.Others} more of the same study went with it.");
        }
    }
}
