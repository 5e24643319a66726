namespace RecordHub.Core.Retention;

/// <summary>One look at what a purge left behind.</summary>
/// <param name="Check">What was looked for.</param>
/// <param name="Ok">Whether nothing was found.</param>
/// <param name="Detail">What was found, in a sentence.</param>
public sealed record PurgeCheck(string Check, bool Ok, string Detail);
