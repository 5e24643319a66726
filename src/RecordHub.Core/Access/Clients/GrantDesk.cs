using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Access.Clients;

/// <summary>Gives access tokens to clients for signed assertions (SMART Backend Services), and knows them again.</summary>
public sealed class GrantDesk(IClientStore clients, TimeProvider time)
{
    /// <summary>What every access token begins with; static tokens begin otherwise.</summary>
    public const string Prefix = "rha_";

    /// <summary>The client is not known, or not by this assertion.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>Nothing that was asked for is given.</summary>
    public const string InvalidScope = "invalid_scope";

    private const int SecretBytes = 32;
    private const int MostCharacters = 128;

    // Which of these it is tells only somebody who guesses.
    private const string NotKnown =
        "No valid client of this id has a key of this kid and alg that made the signature; "
        + "ask the administrator which keys are registered.";

    /// <summary>Gives an access token, or says why not.</summary>
    /// <param name="assertion">The signed assertion.</param>
    /// <param name="scope">The scopes that are asked for, separated by spaces.</param>
    /// <param name="tokenUrl">The address that assertions are made for.</param>
    /// <param name="lasting">How long a token counts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GrantOutcome> GrantAsync(
        string assertion, string scope, string tokenUrl, TimeSpan lasting, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (ClientAssertion.Read(assertion, out string? wrong) is not { } said)
        {
            return new GrantOutcome.Refused(InvalidClient, wrong ?? string.Empty);
        }

        RegisteredClient? client =
            ClientDesk.IsId(said.ClientId) ? await clients.FindAsync(said.ClientId, cancellationToken) : null;
        if (AssertionRules.Fault(said, tokenUrl, now) is { } fault)
        {
            return new GrantOutcome.Refused(InvalidClient, fault, client?.Id);
        }

        if (client is not { RevokedAt: null }
            || client.Keys.FirstOrDefault(one => one.Id == said.KeyId) is not { } key
            || key.Algorithm != said.Algorithm || !key.Verifies(said.Signed, said.Signature))
        {
            return new GrantOutcome.Refused(InvalidClient, NotKnown, client?.Id);
        }

        (ScopeSet asked, _) = ScopeSet.Parse(scope);
        ScopeSet granted = client.Scopes.Meet(asked);
        string secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        bool isGiven = !granted.IsEmpty && granted.IsOfOneCase;

        // What was asked with an assertion does not matter: it is used up.
        if (!await clients.UseAsync(
            client.Id, HashOf(said.TokenId), said.Expires + AssertionRules.Skew,
            isGiven ? new ClientAccess(HashOf(secret), granted, now, now + lasting) : null, cancellationToken))
        {
            return new GrantOutcome.Refused(
                InvalidClient, "This assertion has been used before: make one with a new jti for each request.", client.Id);
        }

        return isGiven
            ? new GrantOutcome.Granted(secret, lasting, granted)
            : new GrantOutcome.Refused(
                InvalidScope,
                granted.IsEmpty
                    ? $"Nothing that was asked for is open to this client; it may have: {client.Scopes}."
                    : "The scopes name different cases; ask for one token for each case.",
                client.Id);
    }

    /// <summary>The token of a secret, as one of its client's with scopes; null when it is none, or counts no more.</summary>
    public async Task<AccessToken?> AuthenticateAsync(string secret, CancellationToken cancellationToken) =>
        secret.Length > MostCharacters || !secret.StartsWith(Prefix, StringComparison.Ordinal)
            ? null
            : await clients.FindTokenAsync(HashOf(secret), time.GetUtcNow(), cancellationToken);

    private static ContentHash HashOf(string text) => ContentHash.FromDigest(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
