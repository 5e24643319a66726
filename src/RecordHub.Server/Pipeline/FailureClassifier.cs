using System.Data.Common;
using System.Net.Sockets;
using RecordHub.Core.Intake;

namespace RecordHub.Server.Pipeline;

/// <summary>Which class a failure is of. Pure.</summary>
internal static class FailureClassifier
{
    // SQLSTATE of PostgreSQL: serialization_failure, deadlock_detected, unique_violation.
    private static readonly string[] s_conflicts = ["40001", "40P01", "23505"];

    internal static FailureClass Of(Exception failure) => failure switch
    {
        ConcurrentChangeException => FailureClass.Conflict,
        DbException { SqlState: { } state } when s_conflicts.Contains(state) => FailureClass.Conflict,
        DbException { IsTransient: true } => FailureClass.Transient,
        StorageAwayException or StorageFullException => FailureClass.Transient,

        // A blob may still wait in the spool of the process that took it in or be on its way, or its volume is not mounted.
        BlobMissingException or BlobDamagedException => FailureClass.Transient,

        // What was read ended too early; every other trouble of input and output is the machine's.
        EndOfStreamException => FailureClass.Poison,
        IOException or UnauthorizedAccessException or SocketException or TimeoutException or HttpRequestException
            or OperationCanceledException => FailureClass.Transient,
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.Select(Of).Min(),
        { InnerException: { } inner } when Of(inner) != FailureClass.Poison => Of(inner),
        _ => FailureClass.Poison,
    };
}
