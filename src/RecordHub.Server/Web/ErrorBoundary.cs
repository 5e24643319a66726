using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;

namespace RecordHub.Server.Web;

/// <summary>
/// The process boundary of HTTP: whatever goes wrong below becomes an answer with a body that says what to do, and an
/// error that nobody expected is logged under the request's id.
/// </summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    private const string RetryAfterSeconds = "5";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await ErrorBody.SendAsync(context, context.Response.StatusCode, Describe(context));
            }
        }
        catch (RefusedException refused)
        {
            await AnswerAsync(context, refused.Status, refused.Issue);
        }
        catch (BadHttpRequestException bad)
        {
            string code = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-long" : "invalid";
            await AnswerAsync(context, bad.StatusCode, new Issue("error", code, bad.Message));
        }
        catch (StorageFullException)
        {
            await AnswerAsync(context, StatusCodes.Status507InsufficientStorage, new Issue(
                "error", "no-store", "The store is full; nothing was kept. Send it again once space was made."));
        }
        catch (StorageDamagedException)
        {
            RefusedException damaged = Refusals.Damaged();
            await AnswerAsync(context, damaged.Status, damaged.Issue);
        }
        catch (StorageAwayException reason)
        {
            Log.Away(logger, reason.Message, context.TraceIdentifier);
            RefusedException away = Refusals.Unavailable();
            await AnswerAsync(context, away.Status, away.Issue);
        }
        catch (BlobMissingException missing)
        {
            Log.BlobMissing(logger, missing.Hash.ToString(), context.TraceIdentifier);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, new Issue(
                "fatal", "exception", "The stored bytes are missing; ask the operator to run recordhub doctor."));
        }
        catch (Exception unreadable) when (IsOfTheDisk(unreadable) && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Unreadable(logger, unreadable, context.TraceIdentifier);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new Issue(
                "error", "transient",
                "The store cannot be read; send the request again later. If it stays, ask the operator to run recordhub doctor."));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
#pragma warning disable CA1031 // The boundary of the process: logged, and answered with 500.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            Log.Unexpected(logger, unexpected, context.TraceIdentifier);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, new Issue(
                "fatal", "exception", $"An error that we did not expect; tell the operator the id {context.TraceIdentifier}."));
        }
    }

    // What a client's own connection does to a request is a BadHttpRequestException, or aborts it; what ends too early or is
    // not there is no trouble of the disk.
    private static bool IsOfTheDisk(Exception exception) => exception is UnauthorizedAccessException
        or (IOException and not (EndOfStreamException or FileNotFoundException or DirectoryNotFoundException));

    private static async Task AnswerAsync(HttpContext context, int status, Issue issue)
    {
        if (context.Response.HasStarted)
        {
            // The status went out already; only a broken connection can say that the body is not whole.
            context.Abort();
            return;
        }

        string? challenge = context.Response.Headers.WWWAuthenticate;
        string? allow = context.Response.Headers.Allow;
        context.Response.Headers.ContentLength = null;
        context.Response.Headers.ContentType = default;
        context.Response.Headers.WWWAuthenticate = challenge;
        context.Response.Headers.Allow = allow;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        await ErrorBody.SendAsync(context, status, issue);
    }

    private static Issue Describe(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new Issue("error", "not-found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new Issue(
            "error", "not-supported",
            $"{context.Request.Method} is not done here; allowed is {context.Response.Headers.Allow.ToString() switch
            {
                "" => "nothing else",
                var allowed => allowed,
            }}."),
        StatusCodes.Status413PayloadTooLarge => new Issue("error", "too-long", "The request is over the limit."),
        StatusCodes.Status415UnsupportedMediaType => new Issue("error", "not-supported", "This media type is not read here."),
        StatusCodes.Status416RangeNotSatisfiable => new Issue("error", "invalid", "The range lies outside of the content."),
        _ => new Issue("error", "processing", "The request was not served."),
    };

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Error, "A request failed unexpectedly; request {RequestId}")]
        public static partial void Unexpected(ILogger logger, Exception exception, string requestId);

        [LoggerMessage(4004, LogLevel.Warning, "{Reason} Request {RequestId} is told to come again")]
        public static partial void Away(ILogger logger, string reason, string requestId);

        [LoggerMessage(4003, LogLevel.Error, "The store could not be read; request {RequestId}")]
        public static partial void Unreadable(ILogger logger, Exception exception, string requestId);

        [LoggerMessage(4002, LogLevel.Critical, "Blob {Blob} is missing from the blob store; request {RequestId}")]
        public static partial void BlobMissing(ILogger logger, string blob, string requestId);
    }
}
