using RecordHub.Core.Access;
using RecordHub.Core.Outbox;
using RecordHub.Server.Api;
using RecordHub.Server.Pipeline;

namespace RecordHub.Cli.Hub;

/// <summary>What fails, in a folder.</summary>
internal sealed partial class EmbeddedHub
{
    private static readonly TimeSpan s_retryPatience = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<FailedView>> ListFailedAsync(CancellationToken cancellationToken) =>
        [.. (await Get<PipelineDesk>().ListAsync(AccessScope.All, cancellationToken)).Select(ViewsOfCore.Failed)];

    public async Task<RetriedView> RetryFailedAsync(string? key, CancellationToken cancellationToken)
    {
        int count = await Get<PipelineDesk>().RetryAsync(key, AccessScope.All, cancellationToken);
        if (count == 0 && key is not null)
        {
            throw NothingFails(key);
        }

        // This process does the work; what it does not come to is done by the service, or the next command.
        await Get<PipelineWaiter>().WaitUntilIdleAsync(s_retryPatience, cancellationToken);
        return new RetriedView(count);
    }

    public async Task<DroppedView> DropFailedAsync(string key, string reason, CancellationToken cancellationToken) =>
        await Get<PipelineDesk>().DropAsync(key, reason, By, AccessScope.All, cancellationToken) switch
        {
            DropOutcome.Done => new DroppedView(key, "rejected"),
            DropOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw NothingFails(key),
        };

    private static CommandException NothingFails(string key) =>
        new($"Nothing that fails is called {key}.", "See 'recordhub pipeline failed'.");
}
