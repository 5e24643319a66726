using Microsoft.AspNetCore.Http;

namespace RecordHub.Server.Web;

/// <summary>
/// Refuses bodies in a coding that is not undone here, and names what is taken (RFC 9110 §12.5.3): read as they are, they
/// would be some unknown file.
/// </summary>
internal sealed class ContentCoding(RequestDelegate next)
{
    private const string Identity = "identity";

    public Task InvokeAsync(HttpContext context)
    {
        string coding = context.Request.Headers.ContentEncoding.ToString().Trim();
        if (coding.Length == 0 || coding.Equals(Identity, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.Headers.AcceptEncoding = Identity;
        throw new RefusedException(
            StatusCodes.Status415UnsupportedMediaType, "not-supported", "Bodies are taken as they are: send it without Content-Encoding.");
    }
}
