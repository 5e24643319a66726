using System.Security.Cryptography;

namespace RecordHub.Core.Access.Clients;

/// <summary>Registers clients, changes their keys, revokes them.</summary>
public sealed class ClientDesk(IClientStore clients, TimeProvider time)
{
    private const int MostNameCharacters = 200;
    private const int IdBytes = 8;

    /// <summary>Whether a text could be a client's id.</summary>
    internal static bool IsId(string text) => text.Length == 2 * IdBytes && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Registers a client.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="actor">Who asks, for the journal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ClientOutcome> AddAsync(NewClient asked, string actor, CancellationToken cancellationToken)
    {
        (ScopeSet scopes, IReadOnlyList<string> unknown) = ScopeSet.Parse(asked.Scope);
        if ((NameFault(asked) ?? ScopeFault(asked.Role, scopes, unknown)) is { } fault)
        {
            return fault;
        }

        if (JsonWebKeys.Read(asked.Keys, out string? wrong) is not { } keys)
        {
            return new ClientOutcome.Refused("The keys are not taken", wrong ?? string.Empty);
        }

        DateTimeOffset now = time.GetUtcNow();
        RegisteredClient client = new(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), asked.Name.Trim(), asked.Role, asked.Cases,
            asked.Tenant ?? Tenant.Default, asked.Site, scopes, keys, now, now);
        await clients.AddAsync(client, actor, cancellationToken);
        return new ClientOutcome.Done(client);
    }

    /// <summary>Puts new keys in the place of a client's: what the old ones sign counts no more.</summary>
    public async Task<ClientOutcome> SetKeysAsync(
        string id, Tenant? tenant, string keySet, string actor, CancellationToken cancellationToken)
    {
        if (JsonWebKeys.Read(keySet, out string? wrong) is not { } keys)
        {
            return new ClientOutcome.Refused("The keys are not taken", wrong ?? string.Empty);
        }

        return await clients.SetKeysAsync(id, tenant, keys, time.GetUtcNow(), actor, cancellationToken)
            && await clients.FindAsync(id, cancellationToken) is { } client
            ? new ClientOutcome.Done(client)
            : new ClientOutcome.NotFound();
    }

    /// <summary>Revokes a client: its access tokens end at once. False when there is no valid one of this id.</summary>
    public Task<bool> RevokeAsync(string id, Tenant? tenant, string actor, CancellationToken cancellationToken) =>
        clients.RevokeAsync(id, tenant, time.GetUtcNow(), actor, cancellationToken);

    /// <summary>A tenant's clients, or all of them (null), revoked ones included, oldest first.</summary>
    public Task<IReadOnlyList<RegisteredClient>> ListAsync(Tenant? tenant, CancellationToken cancellationToken) =>
        clients.ListAsync(tenant, cancellationToken);

    private static ClientOutcome.Refused? NameFault(NewClient asked)
    {
        if (string.IsNullOrWhiteSpace(asked.Name) || asked.Name.Length > MostNameCharacters || asked.Name.Any(char.IsControl))
        {
            return new("The name is not taken", $"A client has a name of {MostNameCharacters} characters at most, on one line.");
        }

        if (asked.Role == Role.Administrator)
        {
            return new(
                "A client is no administrator",
                "Scopes open FHIR and DICOMweb alone; use the role machine, coordinator, referrer or specialist, "
                + "or make a token for an administrator.");
        }

        return asked.Role == Role.Specialist == (asked.Cases.Count == 0)
            ? new("The cases do not fit the role", "A specialist's client names its cases, and no other does.") : null;
    }

    private static ClientOutcome.Refused? ScopeFault(Role role, ScopeSet scopes, IReadOnlyList<string> unknown)
    {
        if (unknown.Count > 0 || scopes.IsEmpty)
        {
            return new(
                unknown.Count > 0 ? $"The scope '{unknown[0]}' is not taken" : "There is no scope",
                "Name scopes such as system/*.rs, system/ImagingStudy.rs, system/*.c or system/*.rs?_tag=case|12, separated by spaces; "
                + "c is sending in, r reading, s searching, and a case narrows r and s.");
        }

        if (!scopes.IsOfOneCase)
        {
            return new(
                "The scopes name different cases",
                "All scopes of a client are for one case, or for none in particular; register one client for each.");
        }

        ResourceAction possible = role switch
        {
            Role.Referrer => ResourceAction.Create,
            Role.Specialist => ResourceAction.Read | ResourceAction.Search,
            _ => ResourceAction.Create | ResourceAction.Read | ResourceAction.Search,
        };
        return (scopes.Actions & ~possible) == 0 ? null
            : new("The scopes go beyond the role", role == Role.Referrer
                ? "A referrer sends in and reads nothing back: use the action c alone, or the role machine."
                : "A specialist reads and sends nothing in: use the actions r and s alone, or the role machine.");
    }
}
