using Microsoft.AspNetCore.Http;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Web;

/// <summary>
/// Lets pages of other origins call us (Fetch §3.2). Without credentials: a token is sent in a header, and the console's
/// cookie never crosses origins.
/// </summary>
internal sealed class Cors(RequestDelegate next, RecordHubOptions options)
{
    private const string Exposed =
        "Location, Content-Location, ETag, Last-Modified, X-Request-Id, Warning, Digest, Content-Range, Accept-Ranges";

    private const string Headers =
        "Authorization, Content-Type, Accept, Prefer, If-None-Match, If-Modified-Since, If-Match, If-None-Exist, Range, "
        + "X-Request-Id, X-RecordHub-Case";

    private readonly bool _all = options.AllowedOrigins.Contains("*");

    public Task InvokeAsync(HttpContext context)
    {
        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || context.Request.Path.StartsWithSegments("/console")
            || !(_all || options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)))
        {
            return next(context);
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = _all ? "*" : origin;
        headers.AccessControlExposeHeaders = Exposed;
        if (!_all)
        {
            headers.Append("Vary", "Origin");
        }

        if (!HttpMethods.IsOptions(context.Request.Method)
            || context.Request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = "GET, HEAD, POST, OPTIONS";
        headers.AccessControlAllowHeaders = Headers;
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
