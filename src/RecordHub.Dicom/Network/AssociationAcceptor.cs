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
    public static Task<AssociationSummary> RunAsync(
        IDuplexPipe transport,
        AcceptorOptions options,
        IAssociationHandler handler,
        TimeProvider timeProvider,
        CancellationToken stopping) => throw new NotSupportedException();
}
