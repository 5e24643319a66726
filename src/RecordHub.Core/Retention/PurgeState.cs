namespace RecordHub.Core.Retention;

/// <summary>How far a purge is.</summary>
/// <param name="Step">What comes next.</param>
/// <param name="Certificate">The certificate's JSON as it was sealed; null until it is done.</param>
public sealed record PurgeState(PurgeStep Step, string? Certificate);
