using Npgsql;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Postgres;

/// <summary>What a failure of the server means.</summary>
internal static class PostgresFailures
{
    // Classes of SQLSTATE: invalid transaction state (read-only), invalid authorization, invalid catalog name, object not in
    // prerequisite state, operator intervention (statement_timeout), system error.
    private static readonly string[] s_refusals = ["25", "28", "3D", "55", "57", "58"];

    /// <summary>
    /// Somebody else was first in a way that locks did not prevent: doing the same again sees what they did, and finds
    /// the row that they made.
    /// </summary>
    internal static bool IsConflict(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UniqueViolation,
    };

    /// <summary>The server is away, is starting or stopping, or has no connection left.</summary>
    internal static bool IsAway(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } && !IsConflict(exception) && !IsFull(exception);

    /// <summary>
    /// The server answers, and does not do it: it is a copy that is only read, has too little time or patience, or takes our
    /// user no more. Nothing of what was asked is at fault.
    /// </summary>
    internal static bool IsRefusal(Exception exception) => exception is PostgresException { SqlState: { Length: 5 } state }
        && s_refusals.Contains(state[..2], StringComparer.Ordinal);

    /// <summary>The server's disk is full.</summary>
    internal static bool IsFull(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>
    /// A page, an index or a file of the server's is not what was written. Reading on would leave out what is there.
    /// </summary>
    internal static bool IsDamage(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.UndefinedFile,
    };

    /// <summary>As Core knows it, but for damage; others stay as they are.</summary>
    internal static Exception Translate(Exception exception) => exception switch
    {
        _ when IsFull(exception) => new StorageFullException("The database's disk is full.", exception),
        _ when IsAway(exception) => new StorageAwayException("The database does not answer.", exception),
        PostgresException refused when IsRefusal(refused) =>
            new StorageAwayException($"The database refuses (SQLSTATE {refused.SqlState}).", refused),
        _ => exception,
    };
}
