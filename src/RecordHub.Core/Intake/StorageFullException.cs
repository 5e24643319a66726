namespace RecordHub.Core.Intake;

/// <summary>The store cannot take more now: it is full, or its database is held by somebody else or away. Later it may.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : Exception(message, inner);
