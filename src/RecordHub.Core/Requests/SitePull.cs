namespace RecordHub.Core.Requests;

/// <summary>How asking a site at intervals stands.</summary>
/// <param name="Site">Its configured name.</param>
/// <param name="NextAt">When it is asked again.</param>
/// <param name="Failures">How often in a row it could not be asked; 0 when it answered.</param>
/// <param name="Trouble">Why, in words of ours without a host or a person; empty when it answered.</param>
public sealed record SitePull(string Site, DateTimeOffset NextAt, int Failures, string Trouble);
