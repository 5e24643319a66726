using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using RecordHub.Server.Web;

namespace RecordHub.Server.Console;

/// <summary>How the console's pages are sent, and its forms read.</summary>
internal static class ConsoleForm
{
    /// <summary>Sends a page.</summary>
    public static Task SendAsync(HttpContext context, Html page)
    {
        IHeaderDictionary headers = context.Response.Headers;
        context.Response.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    /// <summary>One field of a form; empty when it was not sent.</summary>
    public static async Task<string> FieldAsync(HttpContext context, string name) =>
        (await FieldsAsync(context)).TryGetValue(name, out StringValues value) ? value.ToString().Trim() : string.Empty;

    /// <summary>All that a form was sent with.</summary>
    public static async Task<Dictionary<string, StringValues>> FieldsAsync(HttpContext context)
    {
        RefuseForeign(context);
        using FormReader form = new(context.Request.Body, Encoding.UTF8) { ValueCountLimit = 8, ValueLengthLimit = 4096 };
        return await form.ReadFormAsync(context.RequestAborted);
    }

    // Beside SameSite=Strict: a form of another origin says so, in every browser that is in use.
    public static void RefuseForeign(HttpContext context)
    {
        string site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            throw new RefusedException(StatusCodes.Status403Forbidden, "forbidden", "This form was sent from another site.");
        }
    }
}
