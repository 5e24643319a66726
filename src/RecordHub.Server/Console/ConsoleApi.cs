using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Server.Api;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Console;

/// <summary>The console's routes: the page, its style sheet, signing in, and the coordinator's clicks.</summary>
internal sealed class ConsoleApi(
    CaseDesk cases, InboxDesk inbox, PublishingDesk packages, TokenDesk tokens, IBlobStore blobs,
    PipelineWaiter pipeline)
{
    private const int ShownCases = 50;
    private const int ShownHeld = 100;

    private static readonly Lazy<byte[]> s_style = new(ReadStyle);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console", ShowAsync).NeedsPage(Permission.ManageCases);
        routes.MapGet("/console/style.css", StyleAsync).IsOpen();
        routes.MapGet("/console/login", context => SendAsync(context, ConsolePage.RenderLogin(string.Empty))).IsOpen();
        routes.MapPost("/console/login", LoginAsync).IsOpen();
        routes.MapPost("/console/logout", LogoutAsync).IsOpen();
        routes.MapGet("/console/inbox/{id}/content", ContentAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/inbox/{id}/assign", AssignAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/inbox/{id}/reject", RejectAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/cases/{case}/publish", PublishAsync).NeedsPage(Permission.Publish);
    }

    private async Task ShowAsync(HttpContext context) => await SendAsync(context, await PageAsync(context, string.Empty));

    private async Task<Html> PageAsync(HttpContext context, string notice)
    {
        AccessScope scope = Caller.Of(context).Scope;
        List<(CaseView, IReadOnlyList<PackageVersion>)> shown = [];
        foreach (CaseFile file in (await cases.ListAsync(scope, context.RequestAborted)).Reverse().Take(ShownCases))
        {
            if (await cases.ShowAsync(file.Number, scope, context.RequestAborted) is { } view)
            {
                shown.Add((view, await packages.ListAsync(file.Number, scope, context.RequestAborted)));
            }
        }

        IReadOnlyList<HeldRecord> held = await inbox.ListAsync(scope, context.RequestAborted);
        return ConsolePage.Render(Caller.Of(context).Name, notice, shown, [.. held.Take(ShownHeld)], held.Count);
    }

    private async Task LoginAsync(HttpContext context)
    {
        string secret = await FieldAsync(context, "token");
        AccessToken? token = await tokens.AuthenticateAsync(secret.Trim(), context.RequestAborted);
        if (token is null || !RolePermissions.Has(token.Role, Permission.ManageCases))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await SendAsync(context, ConsolePage.RenderLogin(token is null
                ? "This token is unknown or was revoked."
                : "A token of this role has no console; use a coordinator's or an administrator's."));
            return;
        }

        context.Response.Cookies.Append(AccessGate.Cookie, secret.Trim(), CookieFor(context));
        context.Response.Redirect("/console");
    }

    private Task LogoutAsync(HttpContext context)
    {
        RefuseForeign(context);
        context.Response.Cookies.Delete(AccessGate.Cookie, CookieFor(context));
        context.Response.Redirect("/console/login");
        return Task.CompletedTask;
    }

    private async Task AssignAsync(HttpContext context)
    {
        if (!CaseNumber.TryParse(await FieldAsync(context, "case"), out CaseNumber number))
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "required", "Choose a case.");
        }

        await DecidedAsync(context, await inbox.AssignAsync(
            ApiCall.RecordOf(context), number, Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted), $"Assigned to case {number}");
    }

    private async Task RejectAsync(HttpContext context)
    {
        string reason = await FieldAsync(context, "reason");
        await DecidedAsync(context, await inbox.RejectAsync(
            ApiCall.RecordOf(context), reason, Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted), "Rejected");
    }

    private async Task DecidedAsync(HttpContext context, InboxOutcome outcome, string done)
    {
        string notice = outcome switch
        {
            InboxOutcome.Done { Others: > 0 } many => $"{done}, with {many.Others} others of its study.",
            InboxOutcome.Done => $"{done}.",
            InboxOutcome.NotFound missing => $"{missing.Error} {missing.Advice}",
            InboxOutcome.Refused refused => $"{refused.Error} {refused.Advice}",
            _ => string.Empty,
        };
        await SendAsync(context, await PageAsync(context, notice));
    }

    private async Task PublishAsync(HttpContext context)
    {
        string reason = await FieldAsync(context, "reason");
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
        await SendAsync(context, await PageAsync(context, notice));
    }

    private async Task ContentAsync(HttpContext context)
    {
        HeldRecord record = await inbox.ShowAsync(
            ApiCall.RecordOf(context), Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NotFound("There is no such record.");
        await using Stream content = await blobs.OpenAsync(record.Item.Blob, 0, context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        await Results.Stream(content, "application/octet-stream", fileDownloadName: record.Id.ToString())
            .ExecuteAsync(context);
    }

    private static Task StyleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=300";
        return context.Response.Body.WriteAsync(s_style.Value, context.RequestAborted).AsTask();
    }

    private static Task SendAsync(HttpContext context, Html page)
    {
        IHeaderDictionary headers = context.Response.Headers;
        context.Response.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    private static async Task<string> FieldAsync(HttpContext context, string name)
    {
        RefuseForeign(context);
        using FormReader form = new(context.Request.Body, Encoding.UTF8) { ValueCountLimit = 8, ValueLengthLimit = 4096 };
        Dictionary<string, StringValues> fields = await form.ReadFormAsync(context.RequestAborted);
        return fields.TryGetValue(name, out StringValues value) ? value.ToString().Trim() : string.Empty;
    }

    // Beside SameSite=Strict: a form of another origin says so, in every browser that is in use.
    private static void RefuseForeign(HttpContext context)
    {
        string site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            throw new RefusedException(StatusCodes.Status403Forbidden, "forbidden", "This form was sent from another site.");
        }
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
