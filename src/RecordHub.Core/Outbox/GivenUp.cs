namespace RecordHub.Core.Outbox;

/// <summary>Working on an item was given up: it stays in the outbox, to be seen and driven again, and is never due by itself.</summary>
/// <param name="Attempts">The attempts that failed.</param>
/// <param name="Error">The type of the last error.</param>
public sealed record GivenUp(int Attempts, string Error);
