using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Telemetry;

namespace RecordHub.Server.Telemetry;

/// <summary>
/// One span for each request. Our own, as the framework's would hold the path, and that names studies and patients: of a
/// request only its method, the pattern of its route and the status are told.
/// </summary>
internal sealed class RequestSpan(RequestDelegate next)
{
    private const string Other = "_OTHER";
    private static readonly PathString[] s_operations = ["/health", "/metrics"];

    public Task InvokeAsync(HttpContext context) =>
        !HubSources.Server.HasListeners() || Array.Exists(s_operations, path => context.Request.Path.StartsWithSegments(path))
            ? next(context)
            : FollowAsync(context);

    private async Task FollowAsync(HttpContext context)
    {
        string method = MethodOf(context.Request);
        using Activity? span = TraceContext.Start(
            HubSources.Server, method, ActivityKind.Server, context.Request.Headers.TraceParent.ToString());
        await next(context);
        if (span is null)
        {
            return;
        }

        string? route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        int status = context.Response.StatusCode;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // A client may write whatever it likes where the method stands.
    private static string MethodOf(HttpRequest request) => request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => request.Method,
        _ => Other,
    };
}
