using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using RecordHub.Core.Uploads;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Uploads;

/// <summary>The upload link of a case: a page, and the files that are sent to its address.</summary>
internal sealed partial class UploadApi(
    UploadLinkDesk desk, UploadReader reader, UnknownLinks unknown, RecordHubOptions options, ILogger<UploadApi> logger)
{
    private const int MostBoundaryCharacters = 200;

    private static readonly Lazy<byte[]> s_style = new(static () => [.. Read("console.css"), .. Read("upload.css")]);
    private static readonly Lazy<byte[]> s_script = new(static () => Read("upload.js"));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/u/page.css", context => SendAsync(context, s_style.Value, "text/css")).IsOpen();
        routes.MapGet("/u/page.js", context => SendAsync(context, s_script.Value, "text/javascript")).IsOpen();
        routes.MapGet("/u/{secret}", ShowAsync).IsOpen();
        routes.MapPost("/u/{secret}", TakeAsync).IsOpen().TakesRecords();
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (await OpenAsync(context) is { } found)
        {
            await UploadAnswer.SendAsync(context, UploadPage.Form(
                UploadTexts.Of(context), found.Link, options.Uploads, options.Limits.UploadBytes));
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (await OpenAsync(context) is not { } found)
        {
            return;
        }

        UploadTexts texts = UploadTexts.Of(context);
        UploadReceipt receipt = await reader.ReadAsync(
            BoundaryOf(context.Request), context.Request.Body, found, texts, context.RequestAborted);
        if (receipt is { Files.Count: 0, End: not UploadEnd.Whole })
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "structure",
                "The form is not whole, or holds too much that is no file; nothing was kept. Send it again.");
        }

        if (receipt.Files.Count == 0)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", UploadHeaders.WantsPage(context) ? texts.Nothing
                    : "There is no file in the form: send each as a part with a filename, such as curl -F file=@scan.pdf.");
        }

        Log.Taken(logger, found.Link.Id, receipt.Received, receipt.Files.Count, receipt.End);
        await UploadAnswer.SendAsync(context, receipt, texts);
    }

    private async Task<FoundUploadLink?> OpenAsync(HttpContext context)
    {
        FoundUploadLink? found = await desk.OpenAsync(
            (string?)context.Request.RouteValues["secret"] ?? string.Empty, context.RequestAborted);
        if (found is null)
        {
            await UploadAnswer.SendGoneAsync(context, unknown.IsTooMany(UnknownLinks.AddressOf(context)));
        }

        return found;
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "not-supported",
                "Send the files as multipart/form-data, such as curl -F file=@scan.pdf.");
        }

        return HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= MostBoundaryCharacters } boundary
            ? boundary
            : throw new RefusedException(StatusCodes.Status400BadRequest, "invalid", "multipart/form-data needs a boundary.");
    }

    private static Task SendAsync(HttpContext context, byte[] content, string type)
    {
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=300";
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using Stream? resource = typeof(UploadApi).Assembly.GetManifestResourceStream($"RecordHub.Server.{name}");
        using MemoryStream copy = new();
        resource?.CopyTo(copy);
        return copy.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(4070, LogLevel.Information, "Upload link {Link}: {Received} of {Files} files received, {End}")]
        public static partial void Taken(ILogger logger, string link, int received, int files, UploadEnd end);
    }
}
