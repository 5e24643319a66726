using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Pulling;

/// <summary>Fetches instances by C-GET, or has them moved by C-MOVE; what failed is asked for again, and nothing else.</summary>
/// <param name="node">The node that has them.</param>
/// <param name="time">The clock of the pauses between attempts.</param>
/// <param name="attempts">How often is tried before what is left counts as missing.</param>
public sealed class InstanceFetcher(NodeCaller node, TimeProvider time, int attempts = 3)
{
    /// <summary>Gets what is not held. Cancelled, it ends with what has come.</summary>
    /// <param name="listed">What the node has of what is wanted.</param>
    /// <param name="isHeld">Whether an instance is here already.</param>
    /// <param name="store">Takes each instance, forward only, as <see cref="IAssociationHandler.StoreAsync"/> does.</param>
    /// <param name="progress">Hears the counts of each request; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="QueryRefusedException">The node does not take C-GET.</exception>
    /// <exception cref="PeerUnreachableException">Nobody answers there, the first time.</exception>
    public Task<FetchOutcome> GetAsync(
        IReadOnlyList<ListedInstance> listed, Predicate<Uid> isHeld,
        Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>> store,
        Action<SubOperationCounts>? progress, CancellationToken cancellationToken)
    {
        Arrivals arrivals = new(listed, isHeld);
        async ValueTask<StoreResponse> Take(StoreRequest request, Stream dataSet, CancellationToken token)
        {
            StoreResponse response = await store(request, dataSet, token).ConfigureAwait(false);
            if (DimseStatus.IsStored(response.Status))
            {
                arrivals.Add(request.SopInstanceUid);
            }
            else
            {
                arrivals.Refuse(request.SopInstanceUid, response.Comment ?? "It was not stored here");
            }

            return response;
        }

        return new RetrieveLoop(node, arrivals, time, attempts)
        {
            Service = QueryService.Get,
            Ask = (association, query, token) => association.GetAsync(query, Take, progress, token),
        }.RunAsync(cancellationToken);
    }

    /// <summary>Has everything moved to an application entity that the node knows; what it says has failed is repeated.</summary>
    /// <param name="listed">What the node has of what is wanted.</param>
    /// <param name="isHeld">Whether an instance is there already.</param>
    /// <param name="destination">The AE title.</param>
    /// <param name="arrived">Says which of the missing have arrived; null when only the node can tell.</param>
    /// <param name="progress">Hears the counts of each request; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="QueryRefusedException">The node does not take C-MOVE, or does not know the destination.</exception>
    /// <exception cref="PeerUnreachableException">Nobody answers there, the first time.</exception>
    public Task<FetchOutcome> MoveAsync(
        IReadOnlyList<ListedInstance> listed, Predicate<Uid> isHeld, string destination,
        Func<IEnumerable<Uid>, CancellationToken, Task<IReadOnlyCollection<Uid>>>? arrived,
        Action<SubOperationCounts>? progress, CancellationToken cancellationToken)
    {
        Arrivals arrivals = new(listed, isHeld);
        async Task Look(CancellationToken token)
        {
            if (arrived is not null)
            {
                arrivals.AddAll(
                    await arrived(arrivals.Missing.Select(one => one.Instance), token).ConfigureAwait(false));
            }
        }

        return new RetrieveLoop(node, arrivals, time, attempts)
        {
            Service = QueryService.Move,
            LookAsync = Look,
            Ask = async (association, query, token) =>
            {
                QueryResult result = await association.MoveAsync(query, destination, progress, token).ConfigureAwait(false);
                if (result.Status == DimseStatus.MoveDestinationUnknown)
                {
                    throw new QueryRefusedException(result);
                }

                if (arrived is null)
                {
                    arrivals.AddAll(MoveAnswer.Sent(listed, query.Identifier, result));
                }

                await Look(token).ConfigureAwait(false);
                return result;
            },
        }.RunAsync(cancellationToken);
    }
}
