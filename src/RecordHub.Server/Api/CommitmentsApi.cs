using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access;
using RecordHub.Core.Commitment;
using RecordHub.Server.Security;

namespace RecordHub.Server.Api;

/// <summary>Requests for storage commitment that are not over, or that were given up.</summary>
public sealed class CommitmentsApi(ICommitmentStore store)
{
    private const int MostListed = 1000;

    internal void Map(IEndpointRouteBuilder api) => api.MapGet("/commitments", ListAsync).Needs(Permission.Operate);

    /// <summary>Abandoned ones first: somebody should look at them.</summary>
    public async Task<IReadOnlyList<CommitmentView>> ListAsync(Tenant? tenant, CancellationToken cancellationToken)
    {
        List<CommitmentView> views = [];
        foreach (CommitmentState state in new[] { CommitmentState.Abandoned, CommitmentState.Waiting })
        {
            views.AddRange((await store.ListAsync(state, tenant, MostListed, cancellationToken))
                .Select(entry => new CommitmentView(
                    ViewsOfCore.Words(entry.State), entry.Site, entry.CallingAeTitle, entry.TransactionUid, entry.References,
                    entry.RequestedAt, entry.DueAt, entry.Attempts, entry.Detail)));
        }

        return views;
    }

    private async Task ListAsync(HttpContext context) => await ApiJson.SendAsync(
        context, await ListAsync(Caller.Of(context).Tenant, context.RequestAborted),
        ApiJson.Default.IReadOnlyListCommitmentView);
}
