using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;

namespace RecordHub.Cli.Dicom;

/// <summary>Tells what became of each instance that is sent: a line for a program, what went wrong and a sum for a person.</summary>
internal sealed class SendReport(CommandOutput output)
{
    private static readonly (SendOutcome Outcome, string Words)[] s_words =
    [
        (SendOutcome.Warned, "of them with a warning"),
        (SendOutcome.StoredBefore, "stored before"),
        (SendOutcome.Refused, "refused"),
        (SendOutcome.Unanswered, "not answered"),
        (SendOutcome.Unsent, "not sent"),
    ];

    private readonly Dictionary<SendOutcome, int> _counts = [];

    public void Tell(SentInstance instance)
    {
        _counts[instance.Outcome] = CountOf(instance.Outcome) + 1;
        if (output.IsJson)
        {
            output.Json(instance, HubJson.Default.SentInstance);
        }
        else if (instance.Outcome is not (SendOutcome.Stored or SendOutcome.StoredBefore))
        {
            output.Line($"{instance.Title}: {instance.Status} {instance.Detail}");
        }
    }

    /// <summary>Sums up, and says why sending ended early if it did.</summary>
    /// <param name="ended">Why sending ended early; null when it did not.</param>
    /// <param name="asJson">Whether a program is told the sum, as a last line, too.</param>
    /// <returns>The exit code.</returns>
    public int End(CommandException? ended, bool asJson = false)
    {
        if (asJson && output.IsJson)
        {
            output.Json(
                new SendSummaryLine(new SendSummary(
                    CountOf(SendOutcome.Stored), CountOf(SendOutcome.Warned), CountOf(SendOutcome.StoredBefore),
                    CountOf(SendOutcome.Refused), CountOf(SendOutcome.Unanswered), CountOf(SendOutcome.Unsent))),
                HubJson.Default.SendSummaryLine);
        }

        List<string> parts = [$"{CountOf(SendOutcome.Stored) + CountOf(SendOutcome.Warned)} stored by the peer"];
        foreach ((SendOutcome outcome, string words) in s_words)
        {
            if (_counts.TryGetValue(outcome, out int count))
            {
                parts.Add($"{count} {words}");
            }
        }

        output.Line(string.Join(", ", parts) + ".");
        if (ended is not null)
        {
            output.Failure(ended.Message, ended.Advice);
        }

        int stored = CountOf(SendOutcome.Stored) + CountOf(SendOutcome.StoredBefore);
        return stored == _counts.Values.Sum() ? ExitCodes.Done
            : stored + CountOf(SendOutcome.Warned) > 0 ? ExitCodes.Attention
            : ExitCodes.Failed;
    }

    private int CountOf(SendOutcome outcome) => _counts.GetValueOrDefault(outcome);
}
