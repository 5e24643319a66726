using System.IO.Pipelines;

namespace RecordHub.Dicom.Network;

/// <summary>The accepting side of an association: one connection from its first byte to its last.</summary>
public static class AssociationAcceptor
{
    /// <summary>Runs the connection until it is over. Protocol errors end in the summary, not in an exception.</summary>
    /// <param name="transport">The connection; completing it is the caller's part.</param>
    /// <param name="options">Limits and time-outs.</param>
    /// <param name="handler">Decides and stores.</param>
    /// <param name="timeProvider">The clock of all time-outs.</param>
    /// <param name="stopping">Asks the association to end after the message under way.</param>
    /// <param name="crowdedOut">
    /// Asks a connection that has no association yet to make room: it is told 2/3/1, temporary congestion.
    /// </param>
    public static async Task<AssociationSummary> RunAsync(
        IDuplexPipe transport,
        AcceptorOptions options,
        IAssociationHandler handler,
        TimeProvider timeProvider,
        CancellationToken stopping,
        CancellationToken crowdedOut = default)
    {
        PduTransport pipe = new(transport, timeProvider, options.StopGrace, stopping, crowdedOut);
        await using (pipe.ConfigureAwait(false))
        {
            UpperLayerLimits limits = new(
                options.MaxPduLength, options.MaxSentPduLength, options.MaxAssociatePduLength,
                options.StallTimeout, options.CloseTimeout);
            UpperLayer upperLayer = new(pipe, limits, isRequestor: false);
            AcceptedAssociation association = new(upperLayer, options, handler);
            AssociationException? failure = new(AssociationEnding.Stopped);
            try
            {
                await association.RunAsync().ConfigureAwait(false);
                failure = null;
            }
            catch (AssociationException e)
            {
                failure = e;
            }
            catch (OperationCanceledException) when (pipe.Abandoned.IsCancellationRequested)
            {
                // The handler gave up its work when the grace of the stop was over.
            }
            finally
            {
                // Also when the handler failed in its own way: the peer hears of it before the exception leaves.
                if (failure is not null)
                {
                    await upperLayer.AbortAsync(failure).ConfigureAwait(false);
                }
            }

            return association.Summarize(failure);
        }
    }
}
