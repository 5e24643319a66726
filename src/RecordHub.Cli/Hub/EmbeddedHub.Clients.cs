using RecordHub.Core.Access.Clients;
using RecordHub.Server.Api;
using RecordHub.Server.Web;

namespace RecordHub.Cli.Hub;

/// <summary>Clients of SMART Backend Services.</summary>
internal sealed partial class EmbeddedHub
{
    public async Task<ClientView> AddClientAsync(NewClient asked, CancellationToken cancellationToken)
    {
        string? known = asked.Site is null ? null
            : SendingSite.Find(asked.Site, asked.Tenant, host.Options)?.Name
                ?? throw new CommandException($"There is no site {asked.Site}.", "See 'recordhub site list'.");
        return Done(await Get<ClientDesk>().AddAsync(asked with { Site = known }, By, cancellationToken), string.Empty);
    }

    public async Task<IReadOnlyList<ClientView>> ListClientsAsync(CancellationToken cancellationToken) =>
        [.. (await Get<ClientDesk>().ListAsync(null, cancellationToken)).Select(ViewsOfClients.Client)];

    public async Task<ClientView> SetClientKeysAsync(string id, string keySet, CancellationToken cancellationToken) =>
        Done(await Get<ClientDesk>().SetKeysAsync(id, null, keySet, By, cancellationToken), id);

    public async Task RevokeClientAsync(string id, CancellationToken cancellationToken)
    {
        if (!await Get<ClientDesk>().RevokeAsync(id, null, By, cancellationToken))
        {
            throw NoClient(id);
        }
    }

    private static ClientView Done(ClientOutcome outcome, string id) => outcome switch
    {
        ClientOutcome.Done done => ViewsOfClients.Client(done.Client),
        ClientOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
        _ => throw NoClient(id),
    };

    private static CommandException NoClient(string id) =>
        new($"There is no valid client {id}.", "See 'recordhub token client list'.");
}
