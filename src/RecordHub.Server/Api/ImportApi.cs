using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Takes one file in as the importer does, and tells the outcome of each record in it.</summary>
internal sealed class ImportApi(
    Submissions submissions, ICaseStore cases, IOutbox outbox, RecordHubOptions options, SenderAlerts alerts)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/import", ImportAsync).Needs(Permission.Submit).TakesRecords();
        api.MapGet("/pipeline", CountAsync).Needs(Permission.Submit);
    }

    private async Task ImportAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        if (query["dryRun"] == "true")
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "not-supported",
                "A dry run is made where the files are: run recordhub import --dry-run with --data.");
        }

        Caller caller = Caller.Of(context);
        SiteOptions? site = SiteOf(query["site"].ToString(), caller);
        bool isWhole = query["attachments"] != "apart";
        Destination destination = await CaseOfRequest.FindAsync(context, default, cases);
        Source source = new()
        {
            Door = Door.Import,
            Site = site?.Name,
            DefaultIssuer = site?.DefaultIssuer,
            Sender = caller.Name,
            Case = destination.Case,
            Tenant = destination.Case.IsNone && caller.Tenant is null
                ? site?.Tenant ?? destination.Tenant : destination.Tenant,
            LeavesArchives = isWhole,
            FileName = query["name"].ToString() is { Length: > 0 } name ? name : null,
            Within = query["within"].ToString() is { Length: > 0 } within ? within : null,
            MediaType = context.Request.ContentType is { } type and not "application/octet-stream" ? type : null,
        };
        List<ImportedView> views = [];
        await foreach (MailFile part in MailParts.OfAsync(
            context.Request.Body, isWhole, context.RequestAborted))
        {
            if (part.Content is null)
            {
                views.Add(new ImportedView("unknown", "rejected", "e-mail: " + part.Trouble, null, null));
                continue;
            }

            Submission submission = await submissions.SubmitAsync(
                part.Content, part.Name is null ? source : source with { FileName = $"{source.FileName}!/{part.Name}", MediaType = null },
                s_patience, context.RequestAborted);
            IReadOnlyList<ImportedView> described = Describe(
                submission, caller.May(Permission.ReviewInbox), await alerts.OfAsync(submission.Records, context.RequestAborted));
            // What follows came in the e-mail that came first.
            source = source.Within is null && part.Name is null && isWhole ? source with { Within = submission.Item?.ToString() } : source;
            views.AddRange(part.Trouble is { } trouble
                ? described.Select(view => view with { Warnings = [.. view.Warnings, ViewsOfCore.NotRead(trouble)] }) : described);
        }

        await ApiJson.SendAsync(context, views, ApiJson.Default.IReadOnlyListImportedView);
    }

    private async Task CountAsync(HttpContext context)
    {
        long waiting = await outbox.CountAsync(context.RequestAborted);
        await ApiJson.SendAsync(context, new PipelineView(waiting, waiting == 0), ApiJson.Default.PipelineView);
    }

    // Another tenant's site is none of the caller's, and nothing is known of it. A site's token sends for that site alone.
    private SiteOptions? SiteOf(string name, Caller caller)
    {
        SiteOptions? own = SendingSite.Of(caller, options);
        if (own is not null && name.Length > 0 && !string.Equals(name, own.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(
                StatusCodes.Status403Forbidden, "forbidden", $"This token is of the site {own.Name}, and sends for that site alone.");
        }

        if (own is not null || name.Length == 0)
        {
            return own;
        }

        // Where no site is configured, a name says where things are from and nothing else; where some are, another is a slip.
        return SendingSite.Find(name, caller.Tenant, options) ?? (options.Sites.Count == 0
            ? new SiteOptions { Name = name }
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid",
                $"There is no site {name} in the settings of the service; 'recordhub site list' names those that there are, "
                + "'recordhub site add' adds one. Nothing was taken."));
    }

    private static IReadOnlyList<ImportedView> Describe(
        Submission submission, bool mayReview, IReadOnlyList<SenderAlert> told)
    {
        string? known = submission.Outcome switch
        {
            IntakeOutcome.AlreadyHeld => ViewsOfCore.Duplicate,
            IntakeOutcome.Conflicting => ViewsOfCore.Conflict,
            _ => null,
        };
        return submission.Outcome switch
        {
            IntakeOutcome.Ignored ignored => [new ImportedView("unknown", "ignored", ignored.What, null, null)],
            IntakeOutcome.Refused { Reason: RefusalReason.OutOfResources or RefusalReason.Unavailable } full =>
                throw Refusals.Of(full),
            IntakeOutcome.Refused refused =>
                [new ImportedView("unknown", "rejected", $"{ViewsOfCore.Words(refused.Reason)}: {refused.Detail}", null, null)],
            _ when submission.Records.Count == 0 =>
            [
                new ImportedView(
                    "unknown", known ?? "held", "in-progress: it is stored and will be filed later",
                    submission.Item?.ToString(), null),
            ],
            // A sender hears the reason; the explanation names people, and is for those who decide.
            _ => [.. submission.Records.Select(record => ViewsOfCore.Imported(
                mayReview ? record : record with { Explanation = string.Empty }, known) with
            {
                Alert = told.FirstOrDefault(alert => alert.Record == record.Id)?.Sentence,
            })],
        };
    }
}
