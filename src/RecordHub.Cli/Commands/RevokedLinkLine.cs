namespace RecordHub.Cli.Commands;

/// <summary>An upload link that was revoked.</summary>
internal sealed record RevokedLinkLine(long Case, string Id, bool Revoked);
