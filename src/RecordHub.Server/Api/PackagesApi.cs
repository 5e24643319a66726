using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Packages;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Packages: publishing, showing, comparing and taking them along.</summary>
internal sealed class PackagesApi(
    PublishingDesk desk, Withdrawals withdrawals, ReadingLog readings, PipelineWaiter pipeline)
{
    /// <summary>How long publishing waits for what has just come in; what is later makes the next version.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/packages/{case}/publish", PublishAsync).Needs(Permission.Publish);
        api.MapGet("/packages/{case}", ShowAsync).Needs(Permission.Publish);
        api.MapGet("/packages/{case}/versions", ListAsync).Needs(Permission.Publish);
        api.MapGet("/packages/{case}/diff", DiffAsync).Needs(Permission.Publish);
        api.MapGet("/packages/{case}/readers", ReadersAsync).Needs(Permission.Publish);
        api.MapGet("/packages/{case}/export", ExportAsync).Needs(Permission.Publish);
    }

    private async Task PublishAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        PublishRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.PublishRequest);
        await pipeline.WaitUntilIdleAsync(Settling, context.RequestAborted);
        PublishOutcome outcome = await desk.PublishAsync(
            number, Caller.Of(context).Name, asked.Force, asked.Reason, Caller.Of(context).Scope, context.RequestAborted);
        switch (outcome)
        {
            case PublishOutcome.Published published:
                PublishedView view = new(
                    number.Value, published.Version.Version, published.Version.Digest.ToString(), published.Created,
                    ViewsOfCore.Findings(published.Warnings));
                await ApiJson.SendAsync(context, view, ApiJson.Default.PublishedView);
                break;
            case PublishOutcome.Blocked blocked:
                throw new RefusedException(
                    StatusCodes.Status409Conflict,
                    $"Something required is missing: {string.Join("; ", blocked.Blockers.Select(finding => finding.Label))}.",
                    blocked.Advice);
            case PublishOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw new InvalidOperationException("An outcome that this door does not know.");
        }
    }

    private async Task ShowAsync(HttpContext context)
    {
        PackageVersion version = await FindAsync(context);
        await ApiJson.SendAsync(context, ViewsOfCore.Package(version), ApiJson.Default.PackageView);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<PackageVersion> versions = await desk.ListAsync(
            ApiCall.CaseOf(context), Caller.Of(context).Scope, context.RequestAborted);
        await ApiJson.SendAsync(
            context, [.. versions.Select(ViewsOfCore.Package)], ApiJson.Default.IReadOnlyListPackageView);
    }

    private async Task DiffAsync(HttpContext context)
    {
        if (ApiCall.NumberOf(context, "from") is not { } from || ApiCall.NumberOf(context, "to") is not { } to)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", "Name two versions in the parameters from and to.");
        }

        IReadOnlyList<PackageChange> changes =
            await desk.DiffAsync(ApiCall.CaseOf(context), from, to, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NotFound("The case has no such package versions.");
        await ApiJson.SendAsync(
            context, [.. changes.Select(ViewsOfCore.Change)], ApiJson.Default.IReadOnlyListPackageChangeView);
    }

    private async Task ReadersAsync(HttpContext context)
    {
        // There are none without a version, so a case outside of the scope has none.
        PackageVersion version = await FindAsync(context);
        await readings.FlushAsync(context.RequestAborted);
        IReadOnlyList<PackageReader> readers = await withdrawals.ReadersAsync(version.Case, context.RequestAborted);
        int? only = ApiCall.NumberOf(context, "version");
        await ApiJson.SendAsync(
            context, [.. readers.Where(one => only is null || one.Version == only).Select(InboxViewsOfCore.Reader)],
            ApiJson.Default.IReadOnlyListReaderView);
    }

    private async Task ExportAsync(HttpContext context)
    {
        PackageVersion version = await FindAsync(context);
        await readings.NotePackageAsync(Caller.Of(context), version.Case, version.Version, context.RequestAborted);
        context.Response.ContentType = "application/zip";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition =
            $"attachment; filename=\"case-{version.Case}-v{version.Version}.zip\"";

        // The ZIP is written as it goes; ZipArchive seals its entries with synchronous writes.
        await using Stream body = new SynchronousBody(context.Response.BodyWriter);
        bool reconciled = context.Request.Query["reconciled"] == "true";
        await desk.ExportAsync(
            version.Case, version.Version, reconciled, body, Caller.Of(context).Scope, context.RequestAborted);
    }

    private async Task<PackageVersion> FindAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        return await desk.ShowAsync(
            number, ApiCall.NumberOf(context, "version"), Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NotFound($"There is no such version of the package of case {number}.");
    }
}
