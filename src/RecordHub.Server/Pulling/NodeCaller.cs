using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Pulling;

/// <summary>Calls one DICOM node: each exchange on an association of its own.</summary>
/// <param name="connect">Opens a connection to it.</param>
/// <param name="titles">By what names we call.</param>
/// <param name="time">The clock of the time-outs.</param>
public sealed class NodeCaller(
    Func<CancellationToken, Task<PeerConnection>> connect, RequestorOptions titles, TimeProvider time)
{
    // A peer that does not heed a C-CANCEL is not waited for longer.
    private static readonly TimeSpan s_cancelGrace = TimeSpan.FromSeconds(10);

    /// <summary>The information models that it is asked in, the first that it takes.</summary>
    public IReadOnlyList<QueryModel> Models { get; init; } = [QueryModel.StudyRoot, QueryModel.PatientRoot];

    /// <summary>The model that the peer takes the service in.</summary>
    /// <exception cref="QueryRefusedException">In none.</exception>
    public QueryModel ModelOf(AssociationRequestor association, QueryService service)
    {
        foreach (QueryModel model in Models)
        {
            if (association.Accepts(service, model))
            {
                return model;
            }
        }

        throw new QueryRefusedException(service);
    }

    /// <summary>Opens an association, runs the exchange on it and releases it.</summary>
    /// <param name="contexts">What is proposed.</param>
    /// <param name="roles">The roles that are proposed.</param>
    /// <param name="exchange">Is given a token that is cancelled when a cancelled operation does not end by itself.</param>
    /// <param name="cancellationToken">Passed on by the exchange as what cancels its operations.</param>
    /// <exception cref="PeerUnreachableException">Nobody answers there.</exception>
    /// <exception cref="AssociationException">The association was rejected or broke.</exception>
    public async Task<T> CallAsync<T>(
        IReadOnlyList<PresentationContext> contexts, IReadOnlyList<RoleSelection> roles,
        Func<AssociationRequestor, CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        PeerConnection connection = await connect(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using CancellationTokenSource giveUp = new();
            CancellationTokenRegistration asked =
                cancellationToken.UnsafeRegister(_ => giveUp.CancelAfter(s_cancelGrace), null);
            await using (asked.ConfigureAwait(false))
            {
                AssociationRequestor association = await AssociationRequestor
                    .OpenAsync(connection, titles with { Roles = roles }, contexts, time, cancellationToken)
                    .ConfigureAwait(false);
                await using (association.ConfigureAwait(false))
                {
                    T result = await exchange(association, giveUp.Token).ConfigureAwait(false);
                    await association.TryReleaseAsync(giveUp.Token).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                    return result;
                }
            }
        }
    }
}
