namespace RecordHub.Storage;

/// <summary>The store cannot be opened; the message says which place and what to do.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
