namespace RecordHub.Core.Intake;

/// <summary>The store cannot take more now; nothing of the current item was kept.</summary>
public sealed class StorageFullException(string message, Exception? inner = null) : Exception(message, inner);
