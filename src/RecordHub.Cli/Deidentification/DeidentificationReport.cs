using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using Spectre.Console;

namespace RecordHub.Cli.Deidentification;

/// <summary>How a person or program reads a de-identification.</summary>
internal sealed class DeidentificationReport(CommandOutput output)
{
    private readonly Dictionary<string, int> _warnings = [];

    public void Add(DeidentifiedLine line)
    {
        foreach (string warning in line.Warnings)
        {
            _warnings[warning] = _warnings.GetValueOrDefault(warning) + 1;
        }

        if (output.IsJson)
        {
            output.Json(line, HubJson.Default.DeidentifiedLine);
        }
        else if (line.Counts is { } counts)
        {
            output.Line(
                $"{line.Path} -> {line.File}: {counts.Removed} removed ({counts.PrivateRemoved} private), "
                + $"{counts.Emptied} emptied, {counts.Replaced + counts.TextsWithIdentifiers} replaced, {counts.UidsMapped} UIDs, "
                + $"{counts.DatesShifted} dates shifted, {counts.Cleaned} cleaned"
                + (counts.RegionsBlanked == 0
                    ? string.Empty
                    : $", {counts.PixelsBlanked} pixels of {counts.RegionsBlanked} regions blanked"));
        }
        else
        {
            output.Line($"{line.Path}: {line.Outcome}. {line.Reason}");
        }
    }

    public async Task WithProgressAsync(Func<Task> work, DeidentificationRun run, CancellationToken cancellationToken)
    {
        if (System.Console.IsErrorRedirected || !output.IsJson)
        {
            await work();
            return;
        }

        await output.Side.Status().StartAsync("De-identifying…", async status =>
        {
            using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(200));
            Task task = work();
            while (await Task.WhenAny(task, timer.WaitForNextTickAsync(cancellationToken).AsTask()) != task)
            {
                status.Status(Markup.Escape($"{run.Summary.Values.Sum()} files"));
            }

            await task;
        });
    }

    public void Finish(DeidentificationRun run, string target)
    {
        if (output.IsJson)
        {
            output.Json(new DeidentifiedSummaryLine(run.Summary, run.Patients), HubJson.Default.DeidentifiedSummaryLine);
            return;
        }

        output.Line(
            $"{run.Summary[DeidentifiedLine.Done]} files of {run.Patients} patients de-identified into {target}, "
            + $"{run.Summary[DeidentifiedLine.Refused]} refused, {run.Summary[DeidentifiedLine.Ignored]} ignored.");
        foreach ((string warning, int count) in _warnings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.Line($"Look at {count} of them: {DeidentificationWords.Explain(warning)}.");
        }
    }
}
