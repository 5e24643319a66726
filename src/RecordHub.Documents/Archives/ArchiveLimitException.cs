namespace RecordHub.Documents.Archives;

/// <summary>A member inflates to more than <see cref="ArchiveLimits"/> allow; the message names the limit.</summary>
public sealed class ArchiveLimitException(string message) : IOException(message);
