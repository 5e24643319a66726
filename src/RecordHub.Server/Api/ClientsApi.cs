using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Clients of SMART Backend Services: registering, listing and revoking them, and changing their keys.</summary>
internal sealed class ClientsApi(ClientDesk desk, RecordHubOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/clients", AddAsync).Needs(Permission.ManageTokens);
        api.MapGet("/clients", ListAsync).Needs(Permission.ManageTokens);
        api.MapPost("/clients/{id}/keys", SetKeysAsync).Needs(Permission.ManageTokens);
        api.MapDelete("/clients/{id}", RevokeAsync).Needs(Permission.ManageTokens);
        api.MapPost("/clients/{id}/revoke", RevokeAsync).Needs(Permission.ManageTokens);
    }

    private async Task AddAsync(HttpContext context)
    {
        NewClientRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.NewClientRequest);
        Role role = ApiCall.RoleOf(asked.Role);
        Tenant? tenant = ApiCall.TenantOf(context, asked.Tenant);
        string? site = string.IsNullOrEmpty(asked.Site) ? null
            : SendingSite.Find(asked.Site, tenant, options)?.Name ?? throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"There is no site {asked.Site} in the settings of the service.");
        CaseNumber[] cases = [.. (asked.Cases ?? []).Where(number => number > 0).Distinct().Select(number => new CaseNumber(number))];
        RegisteredClient client = Done(await desk.AddAsync(
            new NewClient(asked.Name ?? string.Empty, role, cases, tenant, site, asked.Scope ?? string.Empty, KeySet(asked.Jwks)),
            Caller.Of(context).Name, context.RequestAborted));
        await ApiJson.SendAsync(context, ViewsOfClients.Client(client), ApiJson.Default.ClientView, StatusCodes.Status201Created);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<RegisteredClient> clients = await desk.ListAsync(Caller.Of(context).Tenant, context.RequestAborted);
        await ApiJson.SendAsync(context, [.. clients.Select(ViewsOfClients.Client)], ApiJson.Default.IReadOnlyListClientView);
    }

    private async Task SetKeysAsync(HttpContext context)
    {
        ClientKeysRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.ClientKeysRequest);
        Caller caller = Caller.Of(context);
        RegisteredClient client = Done(await desk.SetKeysAsync(
            IdOf(context), caller.Tenant, KeySet(asked.Jwks), caller.Name, context.RequestAborted));
        await ApiJson.SendAsync(context, ViewsOfClients.Client(client), ApiJson.Default.ClientView);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        Caller caller = Caller.Of(context);
        if (!await desk.RevokeAsync(IdOf(context), caller.Tenant, caller.Name, context.RequestAborted))
        {
            throw NoClient();
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string KeySet(JsonElement? keys) => keys?.GetRawText() ?? string.Empty;

    private static string IdOf(HttpContext context) => (string?)context.Request.RouteValues["id"] ?? string.Empty;

    private static RefusedException NoClient() => ApiCall.NotFound("There is no valid client of this id.");

    private static RegisteredClient Done(ClientOutcome outcome) => outcome switch
    {
        ClientOutcome.Done done => done.Client,
        ClientOutcome.Refused refused => throw ApiCall.Refused(refused.Error, refused.Advice),
        _ => throw NoClient(),
    };
}
