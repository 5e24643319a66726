namespace RecordHub.Core.Access.Clients;

/// <summary>When an assertion counts (SMART Backend Services, "Protocol details"). Pure.</summary>
internal static class AssertionRules
{
    /// <summary>How far two clocks may be apart.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>How long an assertion may count.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Why it does not count here and now; null when it does, if it is signed.</summary>
    internal static string? Fault(ClientAssertion assertion, string tokenUrl, DateTimeOffset now)
    {
        if (!assertion.Audiences.Contains(tokenUrl, StringComparer.Ordinal))
        {
            return $"aud has to be {tokenUrl}.";
        }

        if (assertion.Expires + Skew <= now)
        {
            return "The assertion has expired; make a new one, and check the clock.";
        }

        if (assertion.Expires > now + Longest + Skew)
        {
            return "exp is more than five minutes ahead; make it less, and check the clock.";
        }

        return assertion.NotBefore > now + Skew || assertion.IssuedAt > now + Skew
            ? "nbf or iat is still to come; check the clock." : null;
    }
}
