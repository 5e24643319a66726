namespace RecordHub.Server.Pipeline;

/// <summary>One part of the service at a moment.</summary>
/// <param name="Name">Which.</param>
/// <param name="Needed">Whether a door can take nothing without it.</param>
/// <param name="Trouble">What is wrong, without a host, a path or a person; null when it works.</param>
public sealed record ReadinessPart(string Name, bool Needed, string? Trouble);
