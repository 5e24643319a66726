namespace RecordHub.Core.Access.Clients;

/// <summary>The answer to a request for an access token (RFC 6749 §5).</summary>
public abstract record GrantOutcome
{
    private GrantOutcome()
    {
    }

    /// <summary>A token was given; the secret is shown this once.</summary>
    public sealed record Granted(string Secret, TimeSpan Lasting, ScopeSet Scopes) : GrantOutcome
    {
        /// <summary>The type only: the secret is never printed by accident.</summary>
        public override string ToString() => nameof(Granted);
    }

    /// <summary>None was given.</summary>
    /// <param name="Error">A code of RFC 6749 §5.2.</param>
    /// <param name="Description">What to do.</param>
    /// <param name="ClientId">The client that it was asked for; null when that is none of ours.</param>
    public sealed record Refused(string Error, string Description, string? ClientId = null) : GrantOutcome;
}
