namespace RecordHub.Core.Intake;

/// <summary>
/// The store does not answer now. Whether a write was done is in doubt only when it went away meanwhile; every write may be
/// repeated.
/// </summary>
public class StorageAwayException(string message, Exception? inner = null) : Exception(message, inner);
