using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RecordHub.Server.Uploads;

namespace RecordHub.Server.Web;

/// <summary>An error in the words of the door it goes out by: OperationOutcome, the JSON API's, or a page's.</summary>
internal static class ErrorBody
{
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task SendAsync(HttpContext context, int status, Issue issue)
    {
        PathString path = context.Request.Path;
        if (path.StartsWithSegments("/console") && status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Redirect("/console/login");
            return;
        }

        if (path.StartsWithSegments("/u"))
        {
            await UploadAnswer.SendErrorAsync(context, status, issue, AdviceFor(status));
            return;
        }

        if (!path.StartsWithSegments("/api"))
        {
            await OperationOutcome.SendAsync(context, status, issue);
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter, s_writer);
        json.WriteStartObject();

        // A desk's refusal comes as two sentences; everything else as a code and one sentence.
        bool isSentence = issue.Code.Contains(' ', StringComparison.Ordinal);
        json.WriteString("error", isSentence ? issue.Code : issue.Diagnostics);
        json.WriteString("advice", isSentence ? issue.Diagnostics : AdviceFor(status));
        json.WriteString("code", isSentence ? "business-rule" : issue.Code);
        json.WriteEndObject();
    }

    private static string AdviceFor(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Give a valid token; the first one is in admin.token in the data folder.",
        StatusCodes.Status403Forbidden => "Use a token whose role allows it.",
        StatusCodes.Status404NotFound => "Check the number or id.",
        StatusCodes.Status503ServiceUnavailable => "Send it again after the seconds in Retry-After.",
        StatusCodes.Status507InsufficientStorage => "Make space on the volume of the data folder.",
        >= 500 => "See the service's log under the answer's X-Request-Id.",
        _ => "Correct the request and send it again.",
    };
}
