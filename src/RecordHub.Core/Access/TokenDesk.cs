using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Access;

/// <summary>Makes, checks and revokes static tokens. A secret is 256 random bits; only its hash is kept.</summary>
public sealed class TokenDesk(ITokenStore tokens, TimeProvider time)
{
    /// <summary>What every secret begins with, so that a leaked one is recognised.</summary>
    public const string Prefix = "rh_";

    private const int SecretBytes = 32;
    private const int MostCharacters = 128;

    /// <summary>
    /// Makes a token. Only a specialist's names cases; only an administrator's may name no tenant, and is then one of all
    /// of them. Anybody else's is the default tenant's.
    /// </summary>
    /// <exception cref="ArgumentException">No name, or cases that the role does not have, or a specialist without one.</exception>
    public Task<NewToken> CreateAsync(
        string name, Role role, IReadOnlyList<CaseNumber> cases, Tenant? tenant, CancellationToken cancellationToken) =>
        CreateAsync(name, role, cases, tenant, site: null, cancellationToken);

    /// <summary>The same for a token by which a site sends: what comes by it counts as the site's.</summary>
    /// <exception cref="ArgumentException">As above.</exception>
    public async Task<NewToken> CreateAsync(
        string name, Role role, IReadOnlyList<CaseNumber> cases, Tenant? tenant, string? site, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (role == Role.Specialist == (cases.Count == 0))
        {
            throw new ArgumentException("A specialist's token names its cases, and no other does.", nameof(cases));
        }

        string secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        AccessToken token = new(id, name.Trim(), role, HashOf(secret), cases,
            tenant ?? (role == Role.Administrator ? null : Tenant.Default), time.GetUtcNow(), Site: site);
        await tokens.AddAsync(token, cancellationToken);
        return new NewToken(token, secret);
    }

    /// <summary>The token of a secret; null when it is none of ours, or revoked.</summary>
    public async Task<AccessToken?> AuthenticateAsync(string secret, CancellationToken cancellationToken)
    {
        if (secret.Length > MostCharacters || !secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        AccessToken? token = await tokens.FindAsync(HashOf(secret), cancellationToken);
        return token is { RevokedAt: null } ? token : null;
    }

    /// <summary>Revokes a tenant's token, or anybody's (null); false when there is none of this id that is valid.</summary>
    public Task<bool> RevokeAsync(string id, Tenant? tenant, CancellationToken cancellationToken) =>
        tokens.RevokeAsync(id, tenant, time.GetUtcNow(), cancellationToken);

    /// <summary>A tenant's tokens, or all of them (null), revoked ones included, oldest first.</summary>
    public Task<IReadOnlyList<AccessToken>> ListAsync(Tenant? tenant, CancellationToken cancellationToken) =>
        tokens.ListAsync(tenant, cancellationToken);

    private static ContentHash HashOf(string secret) =>
        ContentHash.FromDigest(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
