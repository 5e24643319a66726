using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RecordHub.Server.Api;
using RecordHub.Server.Console;
using RecordHub.Server.Web;

namespace RecordHub.Server.Uploads;

/// <summary>Answers below <c>/u</c>: pages for browsers, JSON for scripts.</summary>
internal static class UploadAnswer
{
    /// <summary>Sends a page.</summary>
    public static Task SendAsync(HttpContext context, Html page, int status = StatusCodes.Status200OK)
    {
        UploadHeaders.Set(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    /// <summary>Sends what became of a request. Where it ended early the status says why, and the list what is kept all the same.</summary>
    public static async Task SendAsync(HttpContext context, UploadReceipt receipt, UploadTexts texts)
    {
        int status = StatusOf(receipt.End);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "30";
        }

        if (UploadHeaders.WantsPage(context))
        {
            await SendAsync(context, UploadPage.Receipt(texts, receipt, receipt.End == UploadEnd.Whole
                ? null : UploadTexts.With(texts.Failed, receipt.Files is [.., { Reason: { } reason }] ? reason : texts.Broken)), status);
            return;
        }

        UploadHeaders.Set(context);
        await ApiJson.SendAsync(context, receipt.Files, ApiJson.Default.IReadOnlyListUploadedFile, status);
    }

    /// <summary>A link that takes nothing: the same for all of them, and 429 where one address tries too many.</summary>
    public static Task SendGoneAsync(HttpContext context, bool tooMany)
    {
        UploadTexts texts = UploadTexts.Of(context);
        int status = tooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status404NotFound;
        if (tooMany)
        {
            context.Response.Headers.RetryAfter = "60";
        }

        return UploadHeaders.WantsPage(context)
            ? SendAsync(context, UploadPage.Gone(texts), status)
            : SendJsonAsync(context, status, $"{texts.GoneTitle}. {texts.Gone}", texts.GoneAdvice, "not-found");
    }

    /// <summary>Any other error, in the words of this door.</summary>
    public static Task SendErrorAsync(HttpContext context, int status, Issue issue, string advice)
    {
        UploadTexts texts = UploadTexts.Of(context);
        return UploadHeaders.WantsPage(context)
            ? SendAsync(context, UploadPage.Message(texts, texts.Trouble, issue.Diagnostics), status)
            : SendJsonAsync(context, status, issue.Diagnostics, advice, issue.Code);
    }

    private static async Task SendJsonAsync(HttpContext context, int status, string error, string advice, string code)
    {
        UploadHeaders.Set(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteString("advice", advice);
        json.WriteString("code", code);
        json.WriteEndObject();
    }

    private static int StatusOf(UploadEnd end) => end switch
    {
        UploadEnd.Whole => StatusCodes.Status200OK,
        UploadEnd.Broken => StatusCodes.Status400BadRequest,
        UploadEnd.Full => StatusCodes.Status507InsufficientStorage,
        UploadEnd.Away => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status413PayloadTooLarge,
    };
}
