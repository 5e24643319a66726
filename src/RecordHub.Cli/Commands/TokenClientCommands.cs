using System.CommandLine;
using RecordHub.Cli.Hub;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Commands;

/// <summary><c>recordhub token client</c>: programs that get access tokens by their keys (SMART Backend Services).</summary>
internal static class TokenClientCommands
{
    public static Command Create() => HubCommand.Described(
        "client", "Register the programs that get short tokens by their own keys (SMART Backend Services)", "token client list",
        Add(), List(), Keys(), Revoke());

    private static Command Add()
    {
        Option<string> name = new("--name") { Description = "Whom or what it is for", HelpName = "N", Required = true };
        Option<Role> role = new("--role")
        {
            Description = "machine, coordinator, referrer or specialist: what it may do at most",
            HelpName = "R",
            Required = true,
        };
        role.AcceptOnlyFromAmong(
            StringComparer.OrdinalIgnoreCase,
            [.. Enum.GetValues<Role>().Where(static one => one != Role.Administrator).Select(ViewsOfCore.Words)]);
        Option<CaseNumber> number = Symbols.CaseOption("The case that a specialist may read");
        Option<Tenant?> tenant = Symbols.Tenant("Whose records it may see (default: yours)");
        Option<string?> site = new("--site")
        {
            Description = "The configured site that sends by it: what comes is counted and kept as that site's",
            HelpName = "S",
        };
        Option<string> scope = new("--scope")
        {
            Description = "What its tokens may be for at most, such as \"system/*.rs\"; c sends in, r reads, s searches",
            HelpName = "SCOPES",
            Required = true,
        };
        Option<string> keys = KeySet();
        return HubCommand.Described(
            "add", "Register a client with its public keys",
            "token client add --name 'RSO front end' --role machine --scope 'system/*.rs' --jwks public.jwks",
            name, role, number, tenant, site, scope, keys)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                CaseNumber named = parsed.GetValue(number);
                string set = await KeySetFile.ReadAsync(parsed.GetRequiredValue(keys), cancellationToken);
                ClientView client = await hub.AddClientAsync(
                    new NewClient(
                        parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), named.IsNone ? [] : [named],
                        parsed.GetValue(tenant), parsed.GetValue(site), parsed.GetRequiredValue(scope), set),
                    cancellationToken);
                output.Show(client, HubJson.Default.ClientView, view =>
                {
                    output.Line($"Client {view.Id} for {view.Name} ({view.Role}), with {KeysOf(view)}.");
                    output.Line($"It may ask for: {view.Scope}");
                });
                return ExitCodes.Done;
            }, makes: true);
    }

    private static Command List() => HubCommand.Described("list", "List the clients", "token client list")
        .Runs(files: false, async (hub, output, _, cancellationToken) =>
        {
            IReadOnlyList<ClientView> clients = await hub.ListClientsAsync(cancellationToken);
            output.Show(clients, HubJson.Default.IReadOnlyListClientView, list => output.Table(
                ["Id", "Name", "Role", "Scope", "Cases", "Tenant", "Site", "Keys", "Made", "Revoked"],
                list.Select(IReadOnlyList<string> (client) =>
                [
                    client.Id, client.Name, client.Role, client.Scope, string.Join(", ", client.Cases), client.Tenant,
                    client.Site ?? string.Empty, KeysOf(client), $"{client.CreatedAt:u}",
                    client.RevokedAt is { } at ? $"{at:u}" : string.Empty,
                ])));
            return ExitCodes.Done;
        });

    private static Command Keys()
    {
        Argument<string> id = Id();
        Option<string> keys = KeySet();
        return HubCommand.Described(
            "keys", "Put new public keys in the place of a client's", "token client keys 4f2a9c01b7de33aa --jwks public.jwks", id, keys)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                string set = await KeySetFile.ReadAsync(parsed.GetRequiredValue(keys), cancellationToken);
                ClientView client = await hub.SetClientKeysAsync(parsed.GetRequiredValue(id), set, cancellationToken);
                output.Show(client, HubJson.Default.ClientView, view => output.Line($"Client {view.Id} has {KeysOf(view)} now."));
                return ExitCodes.Done;
            });
    }

    private static Command Revoke()
    {
        Argument<string> id = Id();
        return HubCommand.Described("revoke", "Make a client and its tokens invalid from now on", "token client revoke 4f2a9c01b7de33aa", id)
            .Runs(files: false, async (hub, output, parsed, cancellationToken) =>
            {
                string revoked = parsed.GetRequiredValue(id);
                await hub.RevokeClientAsync(revoked, cancellationToken);
                output.Line($"Client {revoked} is revoked.");
                return ExitCodes.Done;
            });
    }

    private static Argument<string> Id() => new("id") { Description = "The id of the client, as 'token client list' shows it" };

    private static Option<string> KeySet() => new("--jwks")
    {
        Description = "A file with the client's public keys, a JSON Web Key Set",
        HelpName = "FILE",
        Required = true,
    };

    private static string KeysOf(ClientView client) => string.Join(", ", client.Keys.Select(key => $"{key.Kid} ({key.Alg})"));
}
