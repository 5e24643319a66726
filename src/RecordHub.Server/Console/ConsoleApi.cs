using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access;
using RecordHub.Core.Packages;
using RecordHub.Server.Api;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Console;

/// <summary>The console's routes: the page, its style sheet, signing in, and publishing.</summary>
internal sealed class ConsoleApi(ConsoleScreen screen, PublishingDesk packages, TokenDesk tokens, PipelineWaiter pipeline)
{
    private static readonly Lazy<byte[]> s_style = new(ReadStyle);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console", context => screen.SendAsync(context, Html.Empty)).NeedsPage(Permission.ManageCases);
        routes.MapGet("/console/style.css", StyleAsync).IsOpen();
        routes.MapGet("/console/login", context => ConsoleForm.SendAsync(context, ConsolePage.RenderLogin(string.Empty))).IsOpen();
        routes.MapPost("/console/login", LoginAsync).IsOpen();
        routes.MapPost("/console/logout", LogoutAsync).IsOpen();
        routes.MapPost("/console/cases/{case}/publish", PublishAsync).NeedsPage(Permission.Publish);
    }

    private async Task LoginAsync(HttpContext context)
    {
        string secret = await ConsoleForm.FieldAsync(context, "token");
        AccessToken? token = await tokens.AuthenticateAsync(secret.Trim(), context.RequestAborted);
        if (token is null || !RolePermissions.Has(token.Role, Permission.ManageCases))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await ConsoleForm.SendAsync(context, ConsolePage.RenderLogin(token is null
                ? "This token is unknown or was revoked."
                : "A token of this role has no console; use a coordinator's or an administrator's."));
            return;
        }

        context.Response.Cookies.Append(AccessGate.Cookie, secret.Trim(), CookieFor(context));
        context.Response.Redirect("/console");
    }

    private Task LogoutAsync(HttpContext context)
    {
        ConsoleForm.RefuseForeign(context);
        context.Response.Cookies.Delete(AccessGate.Cookie, CookieFor(context));
        context.Response.Redirect("/console/login");
        return Task.CompletedTask;
    }

    private async Task PublishAsync(HttpContext context)
    {
        string reason = await ConsoleForm.FieldAsync(context, "reason");
        await pipeline.WaitUntilIdleAsync(PackagesApi.Settling, context.RequestAborted);
        PublishOutcome outcome = await packages.PublishAsync(
            ApiCall.CaseOf(context), Caller.Of(context).Name, reason.Length > 0, reason.Length > 0 ? reason : null,
            Caller.Of(context).Scope, context.RequestAborted);
        string notice = outcome switch
        {
            PublishOutcome.Published { Created: true } published =>
                $"Case {published.Version.Case}: version {published.Version.Version} is published.",
            PublishOutcome.Published published =>
                $"Case {published.Version.Case}: nothing has changed since version {published.Version.Version}.",
            PublishOutcome.Blocked blocked => blocked.Advice,
            PublishOutcome.Refused refused => $"{refused.Error} {refused.Advice}",
            _ => string.Empty,
        };
        await screen.SendAsync(context, Html.Of($"{notice}"));
    }

    private static Task StyleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=300";
        return context.Response.Body.WriteAsync(s_style.Value, context.RequestAborted).AsTask();
    }

    private static CookieOptions CookieFor(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || PublicAddress.Of(context).StartsWith("https:", StringComparison.Ordinal),
        Path = "/console",
    };

    private static byte[] ReadStyle()
    {
        using Stream? style = typeof(ConsoleApi).Assembly.GetManifestResourceStream("RecordHub.Server.console.css");
        using MemoryStream copy = new();
        style?.CopyTo(copy);
        return copy.ToArray();
    }
}
