using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub pipeline retry</c>.</summary>
internal static class PipelineRetryCommand
{
    public static Command Create()
    {
        Argument<string?> id = new("id")
        {
            Description = "The id, as 'pipeline failed' shows it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> all = new("--all") { Description = "All that fail" };
        return HubCommand.Described(
            "retry", "Try again now what failed or was given up",
            "pipeline retry 0193a1b2c3d470008000000000000001", id, all)
            .Runs(files: true, async (hub, output, parsed, cancellationToken) =>
            {
                string? key = parsed.GetValue(id);
                if (key is null != parsed.GetValue(all))
                {
                    throw new CommandException(
                        "Nothing says what to try again.", "Give an id, or --all, and not both.", ExitCodes.Usage);
                }

                RetriedView retried = await hub.RetryFailedAsync(key, cancellationToken);
                output.Show(retried, HubJson.Default.RetriedView, view => output.Line(
                    view.Count == 1 ? "1 is tried again." : $"{view.Count} are tried again."));
                return ExitCodes.Done;
            });
    }
}
