using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Reads and searches of a batch (R4 http.html#transaction): each is what the same request alone would be, by the same code and
/// with the same token, after what the batch sends was taken.
/// </summary>
internal sealed class BatchReads(ReadApi reads, SearchApi searches, BinaryApi binaries)
{
    /// <summary>Reads that one batch may ask for.</summary>
    public const int Most = 500;

    /// <summary>Bytes that all of them together may be answered with.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Answers one read of a batch.</summary>
    /// <param name="call">The batch.</param>
    /// <param name="read">What it asks for.</param>
    /// <param name="number">How many reads came before it in the batch.</param>
    /// <param name="room">How many bytes its answer may have.</param>
    /// <param name="where">The entry, such as <c>Bundle.entry[3]</c>.</param>
    public async Task<ReadAnswer> AnswerAsync(FhirCall call, SentRead read, int number, long room, string where)
    {
        await using CappedBody body = new(room);
        try
        {
            if (number >= Most)
            {
                throw new RefusedException(
                    StatusCodes.Status413PayloadTooLarge, "too-costly", $"A batch may ask for {Most} reads; send the rest in another one.");
            }

            if (!call.Caller.May(Permission.ReadRecords))
            {
                throw Refusals.Forbidden(call.Caller.Role, Permission.ReadRecords);
            }

            (string[] path, string query) = BatchAddress.Read(read.Url, call.Base);
            HttpContext context = Context(call, read, query, body);
            (Func<HttpContext, Task> handle, ResourceAction action) = Handler(context, path);
            if (call.Caller.Scopes is { } scopes)
            {
                AccessRule rule = new(Permission.ReadRecords, Action: action);
                context.Features.Set(ScopeGate.Narrow(context, call.Caller, rule, scopes));
            }

            await handle(context);
            return ReadAnswer.Of(context.Response, body.Written, path is [var type, var id] ? $"{call.Base}/{type}/{id}" : null);
        }
        catch (RefusedException refused)
        {
            return new ReadAnswer(refused.Status) { Issue = refused.Issue with { Expression = refused.Issue.Expression ?? where } };
        }
    }

    // As the routes are, with what a token with scopes must be for.
    private (Func<HttpContext, Task> Handle, ResourceAction Action) Handler(HttpContext context, string[] path)
    {
        RouteValues(context, path);
        return path switch
        {
            [] => (searches.SearchSystemAsync, ResourceAction.Search),
            [_] => (searches.SearchTypeAsync, ResourceAction.Search),
            ["Binary", _] => (binaries.ReadAsync, ResourceAction.Read),
            ["DocumentReference", "$docref"] => (searches.DocRefAsync, ResourceAction.Search),
            [_, _] => (reads.ReadAsync, ResourceAction.Read),
            ["Patient", _, "$everything"] => (searches.EverythingAsync, ResourceAction.Search),
            [_, _, "_history"] => (reads.HistoryAsync, ResourceAction.Read),
            [_, _, "_history", _] => (reads.ReadVersionAsync, ResourceAction.Read),
            _ => throw new RefusedException(
                StatusCodes.Status404NotFound, "not-found",
                "A batch reads and searches, with the history of a resource, Patient/$everything and DocumentReference/$docref; "
                + "ask for anything else by a request of its own."),
        };
    }

    private static void RouteValues(HttpContext context, string[] path)
    {
        string[] names = ["type", "id", "operation", "version"];
        foreach ((string name, string value) in names.Zip(path))
        {
            context.Request.RouteValues[name] = value;
        }
    }

    private static DefaultHttpContext Context(FhirCall call, SentRead read, string query, Stream body)
    {
        HttpContext outer = call.Context;
        DefaultHttpContext context = new()
        {
            RequestServices = outer.RequestServices,
            RequestAborted = outer.RequestAborted,
            TraceIdentifier = outer.TraceIdentifier,
        };
        context.Features.Set(call.Caller);
        context.Connection.RemoteIpAddress = outer.Connection.RemoteIpAddress;
        context.Response.Body = body;
        HttpRequest request = context.Request;
        request.Method = read.Method;
        request.Scheme = outer.Request.Scheme;
        request.Host = outer.Request.Host;
        request.PathBase = outer.Request.PathBase;
        request.QueryString = new QueryString(query);
        foreach (string name in (string[])["X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "Prefer"])
        {
            request.Headers[name] = outer.Request.Headers[name];
        }

        request.Headers.Accept = FhirFormat.Json;
        request.Headers.IfNoneMatch = read.IfNoneMatch;
        request.Headers.IfModifiedSince = read.IfModifiedSince is { } since ? HttpDate(since) : null;
        if (!call.Case.IsNone)
        {
            request.RouteValues["case"] = call.Case.ToString();
        }

        return context;
    }

    private static string HttpDate(string instant) => FhirDates.TryRange(instant, out long low, out _)
        ? DateTimeOffset.FromUnixTimeMilliseconds(low).ToString("R", CultureInfo.InvariantCulture)
        : throw new RefusedException(
            StatusCodes.Status400BadRequest, "invalid", "The value of ifModifiedSince is no instant; write it as 2024-05-17T08:00:00Z.");
}
