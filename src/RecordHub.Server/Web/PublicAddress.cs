using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Web;

/// <summary>
/// The address by which the client reached us, for links: the configured one, else what a proxy on this machine says
/// (X-Forwarded-*; nobody else is believed), else the request's own.
/// </summary>
internal static class PublicAddress
{
    /// <summary>Without a slash at its end.</summary>
    public static string Of(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<RecordHubOptions>().PublicUrl is { } configured)
        {
            return configured.AbsoluteUri.TrimEnd('/');
        }

        HttpRequest request = context.Request;
        string scheme = request.Scheme;
        string host = request.Host.Value ?? "localhost";
        string prefix = request.PathBase.Value ?? string.Empty;
        if (context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote))
        {
            scheme = Last(request.Headers["X-Forwarded-Proto"]) is "http" or "https"
                ? Last(request.Headers["X-Forwarded-Proto"])
                : scheme;
            host = Last(request.Headers["X-Forwarded-Host"]) is { Length: > 0 } forwarded
                && Uri.TryCreate($"http://{forwarded}/", UriKind.Absolute, out Uri? parsed) && parsed.PathAndQuery == "/"
                ? forwarded
                : host;
            prefix = Last(request.Headers["X-Forwarded-Prefix"]) is { Length: > 0 } path && path[0] == '/'
                && Uri.IsWellFormedUriString(path, UriKind.Relative)
                ? path.TrimEnd('/')
                : prefix;
        }

        return $"{scheme}://{host}{prefix}";
    }

    // The last of several is what the proxy next to us added.
    private static string Last(Microsoft.Extensions.Primitives.StringValues values) =>
        values.ToString().Split(',')[^1].Trim();
}
