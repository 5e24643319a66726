using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Pixels;
using RecordHub.Server.Api;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Console;

/// <summary>What a coordinator clicks in the inbox: looking first, assigning, rejecting, and taking that back.</summary>
internal sealed class ConsoleInboxApi(
    ConsoleScreen screen, InboxDesk inbox, AssignmentPreview preview, ReadingLog readings, IBlobStore blobs,
    HeldPictures pictures)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/inbox/{id}/content", ContentAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapGet("/console/inbox/{id}/thumbnail", ThumbnailAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/inbox/preview", PreviewAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/inbox/assign", AssignAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/inbox/reject", RejectAsync).NeedsPage(Permission.ReviewInbox);
        routes.MapPost("/console/inbox/undo", UndoAsync).NeedsPage(Permission.ReviewInbox);
    }

    private async Task PreviewAsync(HttpContext context)
    {
        Dictionary<string, StringValues> fields = await ConsoleForm.FieldsAsync(context);
        InboxTarget target = TargetOf(fields);
        CaseNumber number = CaseOf(fields);
        await screen.SendAsync(context, ConsoleNotice.Preview(
            target, number,
            await preview.LookAsync(target, number, Caller.Of(context).Scope, context.RequestAborted)));
    }

    private async Task AssignAsync(HttpContext context)
    {
        Dictionary<string, StringValues> fields = await ConsoleForm.FieldsAsync(context);
        InboxTarget target = TargetOf(fields);
        CaseNumber number = CaseOf(fields);
        await SendAsync(context, target, $"Assigned to case {number}", await inbox.AssignAsync(
            target, number, Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted));
    }

    private async Task RejectAsync(HttpContext context)
    {
        Dictionary<string, StringValues> fields = await ConsoleForm.FieldsAsync(context);
        InboxTarget target = TargetOf(fields);
        string reason = fields.TryGetValue("reason", out StringValues given) ? given.ToString() : string.Empty;
        await SendAsync(context, target, "Rejected", await inbox.RejectAsync(
            target, reason, Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted));
    }

    private async Task UndoAsync(HttpContext context)
    {
        InboxTarget target = TargetOf(await ConsoleForm.FieldsAsync(context));
        await readings.FlushAsync(context.RequestAborted);
        await SendAsync(context, target, "Taken back", await inbox.UndoAsync(
            target, Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted));
    }

    private Task SendAsync(HttpContext context, InboxTarget target, string done, InboxOutcome outcome) =>
        screen.SendAsync(context, ConsoleNotice.Of(target, done, outcome));

    // Where there is no picture the place in the page says why.
    private async Task ThumbnailAsync(HttpContext context)
    {
        Thumbnail made = await pictures.OfAsync(await FindAsync(context), context.RequestAborted);
        (ReadOnlyMemory<byte> bytes, string type) = made switch
        {
            Thumbnail.Picture picture => (picture.Bytes, picture.MediaType),
            Thumbnail.None none => (System.Text.Encoding.UTF8.GetBytes(InboxSection.NoPicture(none.Why).ToString()), "image/svg+xml"),
            _ => throw new InvalidOperationException("A picture that this door does not know."),
        };
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "private, max-age=300";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private async Task<HeldRecord> FindAsync(HttpContext context) => await inbox.ShowAsync(
        ApiCall.RecordOf(context), Caller.Of(context).Scope, context.RequestAborted)
        ?? throw ApiCall.NotFound("There is no such record.");

    private async Task ContentAsync(HttpContext context)
    {
        HeldRecord record = await FindAsync(context);
        await using Stream content = await blobs.OpenAsync(record.Item.Blob, 0, context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        await Results.Stream(content, "application/octet-stream", fileDownloadName: record.Id.ToString())
            .ExecuteAsync(context);
    }

    // The form names a record and how much goes with it in one field: "0193… patient".
    private static InboxTarget TargetOf(Dictionary<string, StringValues> fields)
    {
        string[] parts = fields.TryGetValue("what", out StringValues what) ? what.ToString().Split(' ') : [];
        return parts.Length == 2 && RecordId.TryParse(parts[0], out RecordId id)
            && Enum.TryParse(parts[1], ignoreCase: true, out InboxExtent extent) && Enum.IsDefined(extent)
                ? new InboxTarget(id, extent)
                : throw new RefusedException(StatusCodes.Status400BadRequest, "required", "Choose what it is for.");
    }

    private static CaseNumber CaseOf(Dictionary<string, StringValues> fields) =>
        CaseNumber.TryParse(fields.TryGetValue("case", out StringValues number) ? number.ToString() : null, out CaseNumber named)
            ? named : throw new RefusedException(StatusCodes.Status400BadRequest, "required", "Choose a case.");
}
