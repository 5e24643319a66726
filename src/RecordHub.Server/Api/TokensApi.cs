using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Tokens: making, listing and revoking them.</summary>
internal sealed class TokensApi(TokenDesk desk, RecordHubOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/tokens", CreateAsync).Needs(Permission.ManageTokens);
        api.MapGet("/tokens", ListAsync).Needs(Permission.ManageTokens);
        api.MapDelete("/tokens/{id}", RevokeAsync).Needs(Permission.ManageTokens);
        api.MapPost("/tokens/{id}/revoke", RevokeAsync).Needs(Permission.ManageTokens);
    }

    private async Task CreateAsync(HttpContext context)
    {
        NewTokenRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.NewTokenRequest);
        if (string.IsNullOrWhiteSpace(asked.Name))
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "required", "A token has a name.");
        }

        Role role = ApiCall.RoleOf(asked.Role);
        CaseNumber[] cases = [.. (asked.Cases ?? []).Distinct().Select(number => new CaseNumber(number))];
        if (role == Role.Specialist == (cases.Length == 0) || cases.Any(number => number.Value < 1))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "A specialist's token names its cases, and no other does.");
        }

        Tenant? tenant = ApiCall.TenantOf(context, asked.Tenant);
        string? site = string.IsNullOrEmpty(asked.Site) ? null
            : SendingSite.Find(asked.Site, tenant, options)?.Name ?? throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"There is no site {asked.Site} in the settings of the service.");
        NewToken made = await desk.CreateAsync(asked.Name, role, cases, tenant, site, context.RequestAborted);
        await ApiJson.SendAsync(
            context, ViewsOfCore.Token(made.Token, made.Secret), ApiJson.Default.TokenView, StatusCodes.Status201Created);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<AccessToken> tokens = await desk.ListAsync(Caller.Of(context).Tenant, context.RequestAborted);
        await ApiJson.SendAsync(
            context, [.. tokens.Select(token => ViewsOfCore.Token(token))], ApiJson.Default.IReadOnlyListTokenView);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        string id = (string?)context.Request.RouteValues["id"] ?? string.Empty;
        if (!await desk.RevokeAsync(id, Caller.Of(context).Tenant, context.RequestAborted))
        {
            throw ApiCall.NotFound("There is no valid token of this id.");
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
