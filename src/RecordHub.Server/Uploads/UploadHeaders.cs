using Microsoft.AspNetCore.Http;

namespace RecordHub.Server.Uploads;

/// <summary>What every answer below <c>/u</c> says to browsers: the address is a secret, and nothing of it is kept.</summary>
internal static class UploadHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    public static void Set(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.Append("Vary", "Accept, Accept-Language");
    }

    /// <summary>Whether whoever asks reads pages; scripts are answered JSON.</summary>
    public static bool WantsPage(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
