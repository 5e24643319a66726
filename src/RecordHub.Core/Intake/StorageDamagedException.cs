namespace RecordHub.Core.Intake;

/// <summary>
/// The store was found damaged, and does not come back by itself: nothing is read from it or written to it until it was
/// restored and the service started again. Nothing of what was asked is kept.
/// </summary>
public sealed class StorageDamagedException(Exception? inner = null) : StorageAwayException(Advice, inner)
{
    /// <summary>What is wrong and what to do; it names no place and no record.</summary>
    public const string Advice =
        "The database is damaged. Stop the service, keep a copy of the files, run 'recordhub doctor', and restore a backup.";
}
