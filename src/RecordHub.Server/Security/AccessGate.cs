using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Server.Web;

namespace RecordHub.Server.Security;

/// <summary>
/// Lets a request through to its endpoint, or not. It stands after routing, so that the endpoint's rule is known, and a
/// path that does not exist is told to nobody without a token.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, TokenDesk tokens, GrantDesk grants)
{
    /// <summary>The console's cookie; its value is a token.</summary>
    public const string Cookie = "recordhub";

    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        AccessRule? rule = context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>();
        if (rule is { Permission: null })
        {
            await next(context);
            return;
        }

        string? secret = SecretOf(context, rule);
        AccessToken? token = secret is null ? null
            : await tokens.AuthenticateAsync(secret, context.RequestAborted)
                ?? await grants.AuthenticateAsync(secret, context.RequestAborted);
        if (token is null)
        {
            context.Response.Headers.WWWAuthenticate = secret is null
                ? "Bearer realm=\"RecordHub\""
                : "Bearer realm=\"RecordHub\", error=\"invalid_token\"";
            throw new RefusedException(
                StatusCodes.Status401Unauthorized, "login",
                secret is null
                    ? "Send a token in the header Authorization: Bearer TOKEN."
                    : "This token is unknown, has expired or was revoked; get a new one at /auth/token, or ask an administrator.");
        }

        Caller caller = Caller.Of(token);
        if (rule is { Permission: { } permission } && !rule.LetsIn(caller))
        {
            throw Refusals.Forbidden(token.Role, permission);
        }

        context.Features.Set(token.Scopes is { } scopes ? ScopeGate.Narrow(context, caller, rule, scopes) : caller);
        await next(context);
    }

    private static string? SecretOf(HttpContext context, AccessRule? rule)
    {
        string? header = context.Request.Headers.Authorization;
        if (header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return header[Scheme.Length..].Trim();
        }

        return rule is { ByCookie: true } ? context.Request.Cookies[Cookie] : null;
    }
}
