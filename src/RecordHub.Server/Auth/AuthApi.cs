using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using RecordHub.Core.Access.Clients;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Auth;

/// <summary>SMART Backend Services: where it is described, and where access tokens are given (RFC 6749 §4.4).</summary>
internal sealed class AuthApi(GrantDesk grants, FailureLimit failures, RecordHubOptions options)
{
    private const string TokenPath = "/auth/token";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string InvalidRequest = "invalid_request";
    private const string Form = "application/x-www-form-urlencoded";
    private const int MostBodyBytes = 64 * 1024;
    private const int MostParameters = 16;

    private static readonly string[] s_roots = ["", "/fhir", "/cases/{case}/fhir"];

    /// <summary>The token endpoint, as clients have to name it in aud.</summary>
    public static string TokenUrl(HttpContext context) => PublicAddress.Of(context) + TokenPath;

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (string root in s_roots)
        {
            routes.MapMethods(root + "/.well-known/smart-configuration", [HttpMethods.Get, HttpMethods.Head], DescribeAsync).IsOpen();
        }

        routes.MapPost(TokenPath, GrantAsync).IsOpen();
    }

    private static async Task DescribeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(SmartConfiguration.Write(TokenUrl(context)), context.RequestAborted);
    }

    private async Task GrantAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBodyBytes;
        }

        if (context.Request.ContentType?.Split(';')[0].Trim().Equals(Form, StringComparison.OrdinalIgnoreCase) != true)
        {
            await RefuseAsync(context, InvalidRequest, $"Send the parameters in the body, as {Form}.");
            return;
        }

        Dictionary<string, StringValues> form;
        try
        {
            FormReader reader = new(context.Request.Body, Encoding.UTF8)
            {
                ValueCountLimit = MostParameters,
                ValueLengthLimit = MostBodyBytes,
            };
            form = await reader.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            await RefuseAsync(context, InvalidRequest, $"The form has more than {MostParameters} parameters, or one that is too long.");
            return;
        }

        if (Fault(context, form) is { } fault)
        {
            await RefuseAsync(context, fault.Error, fault.Description);
            return;
        }

        string assertion = form["client_assertion"].ToString();
        string address = AddressOf(context);
        if (ClientAssertion.Read(assertion, out _) is { } said && failures.IsOver(address, said.ClientId))
        {
            await RefuseManyAsync(context);
            return;
        }

        switch (await grants.GrantAsync(
            assertion, form["scope"].ToString(), TokenUrl(context), options.Limits.AccessTokenLife, context.RequestAborted))
        {
            case GrantOutcome.Granted granted:
                await SendAsync(context, granted);
                break;
            case GrantOutcome.Refused { Error: GrantDesk.InvalidClient } stranger
                when failures.Count(address, stranger.ClientId ?? string.Empty):
                await RefuseManyAsync(context);
                break;
            case GrantOutcome.Refused refused:
                await RefuseAsync(context, refused.Error, refused.Description);
                break;
            default:
                throw new InvalidOperationException("An outcome that this door does not know.");
        }
    }

    private static (string Error, string Description)? Fault(HttpContext context, Dictionary<string, StringValues> form)
    {
        if (form.FirstOrDefault(pair => pair.Value.Count > 1) is { Key: { } twice })
        {
            return (InvalidRequest, $"The parameter {twice} is given twice.");
        }

        string grant = form.GetValueOrDefault("grant_type").ToString();
        if (grant != "client_credentials")
        {
            return grant.Length == 0
                ? (InvalidRequest, "Send grant_type=client_credentials.")
                : ("unsupported_grant_type", "The only grant_type here is client_credentials.");
        }

        if (context.Request.Headers.Authorization.Count > 0 || form.ContainsKey("client_secret"))
        {
            return (InvalidRequest, "A client shows who it is by client_assertion alone: send no Authorization and no client_secret.");
        }

        if (form.GetValueOrDefault("client_assertion_type").ToString() != AssertionType)
        {
            return (InvalidRequest, $"Send client_assertion_type={AssertionType}.");
        }

        if (form.GetValueOrDefault("client_assertion").ToString().Length == 0)
        {
            return (InvalidRequest, "Send a signed JWT in client_assertion.");
        }

        return form.GetValueOrDefault("scope").ToString().Length == 0
            ? (GrantDesk.InvalidScope, "Name what the token is for in scope, such as system/ImagingStudy.rs.") : null;
    }

    private static async Task SendAsync(HttpContext context, GrantOutcome.Granted granted)
    {
        NoStore(context);
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("access_token", granted.Secret);
        json.WriteString("token_type", "bearer");
        json.WriteNumber("expires_in", (long)granted.Lasting.TotalSeconds);
        json.WriteString("scope", granted.Scopes.ToString());
        json.WriteEndObject();
    }

    private static Task RefuseManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = FailureLimit.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return RefuseAsync(
            context, "temporarily_unavailable",
            "Too many assertions failed; correct the client, and try again after the seconds of Retry-After.",
            StatusCodes.Status429TooManyRequests);
    }

    private static async Task RefuseAsync(
        HttpContext context, string error, string description, int status = StatusCodes.Status400BadRequest)
    {
        NoStore(context);
        context.Response.StatusCode = status;
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("error_description", description);
        json.WriteEndObject();
    }

    private static void NoStore(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
    }

    // What a proxy on this machine says, as for the public address.
    private static string AddressOf(HttpContext context)
    {
        IPAddress? remote = context.Connection.RemoteIpAddress;
        return remote is not null && IPAddress.IsLoopback(remote)
            && IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out IPAddress? forwarded)
            ? forwarded.ToString() : remote?.ToString() ?? string.Empty;
    }
}
