namespace RecordHub.Core.Intake;

/// <summary>Others kept changing what was to be changed: doing it again at once is right.</summary>
public sealed class ConcurrentChangeException(string message) : Exception(message);
