using System.CommandLine;
using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub pipeline failed</c>.</summary>
internal static class PipelineFailedCommand
{
    public static Command Create() => HubCommand.Described(
        "failed", "List what failed and is tried again, or was given up", "pipeline failed")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<FailedView> failed = await hub.ListFailedAsync(cancellationToken);
            output.Show(failed, HubJson.Default.IReadOnlyListFailedView, list =>
            {
                if (list.Count == 0)
                {
                    output.Line("Nothing fails.");
                    return;
                }

                output.Table(["Topic", "Id", "Attempts", "Put off", "Last error", "Since", "Next attempt"], list.Select(
                    IReadOnlyList<string> (one) =>
                    [
                        one.Topic, one.Key, one.Attempts.ToString(CultureInfo.InvariantCulture),
                        one.Setbacks.ToString(CultureInfo.InvariantCulture), one.LastError, Time(one.Since),
                        one.NextAttempt is { } next ? Time(next) : "given up",
                    ]));
                output.Line("Next: recordhub pipeline retry ID, recordhub pipeline drop ID --reason R");
            });
            return ExitCodes.Done;
        });

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
