using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Server.Security;

namespace RecordHub.Server.Console;

/// <summary>Gathers what the coordinator's page shows, and sends it.</summary>
internal sealed class ConsoleScreen(CaseDesk cases, InboxOverview inbox, PublishingDesk packages)
{
    private const int ShownCases = 50;
    private const int ShownPatients = 20;

    /// <summary>Sends the page with what came of the last click above it.</summary>
    public async Task SendAsync(HttpContext context, Html notice)
    {
        AccessScope scope = Caller.Of(context).Scope;
        List<(CaseView, IReadOnlyList<PackageVersion>)> shown = [];
        foreach (CaseFile file in (await cases.ListAsync(scope, context.RequestAborted)).Reverse().Take(ShownCases))
        {
            if (await cases.ShowAsync(file.Number, scope, context.RequestAborted) is { } view)
            {
                shown.Add((view, await packages.ListAsync(file.Number, scope, context.RequestAborted)));
            }
        }

        RecordId? after = RecordId.TryParse(context.Request.Query["after"], out RecordId last) ? last : null;
        InboxPage held = await inbox.PageAsync(scope, after, ShownPatients, context.RequestAborted);
        await ConsoleForm.SendAsync(context, ConsolePage.Render(Caller.Of(context).Name, notice, shown, held));
    }
}
