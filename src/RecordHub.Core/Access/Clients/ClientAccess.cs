using RecordHub.Core.Intake;

namespace RecordHub.Core.Access.Clients;

/// <summary>An access token as it is kept: only its hash.</summary>
/// <param name="Hash">SHA-256 of the secret.</param>
/// <param name="Scopes">What it is for.</param>
/// <param name="IssuedAt">When it was given.</param>
/// <param name="Expires">Until when it counts.</param>
public sealed record ClientAccess(ContentHash Hash, ScopeSet Scopes, DateTimeOffset IssuedAt, DateTimeOffset Expires);
