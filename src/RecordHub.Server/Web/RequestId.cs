using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace RecordHub.Server.Web;

/// <summary>Gives each request an id, the client's own where it is a plain word, and says it in the answer.</summary>
internal sealed class RequestId(RequestDelegate next)
{
    private const string Header = "X-Request-Id";
    private const int MostCharacters = 64;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    public Task InvokeAsync(HttpContext context)
    {
        string given = context.Request.Headers[Header].ToString();
        bool usable = given.Length is > 0 and <= MostCharacters && !given.AsSpan().ContainsAnyExcept(s_allowed);
        context.TraceIdentifier = usable ? given : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        context.Response.Headers[Header] = context.TraceIdentifier;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
