namespace RecordHub.Core.Retention;

/// <summary>What a case holds, by kind, and the certificate's JSON when it was purged.</summary>
public sealed record PurgeLook(IReadOnlyDictionary<string, long> Counts, string? Certificate);
