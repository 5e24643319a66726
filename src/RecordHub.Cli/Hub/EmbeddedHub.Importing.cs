using RecordHub.Cli.Import;
using RecordHub.Cli.Sites;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Documents.Archives;
using RecordHub.Server.Api;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Cli.Hub;

/// <content>Taking files in.</content>
internal sealed partial class EmbeddedHub
{
    // For some hundred others that were taken before it and are long documents.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public void EnsureSite(string name) => SiteOf(name);

    public async Task<Task<IReadOnlyList<ImportedView>>> ImportAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        SiteOptions? site = SiteOf(request.Site);
        CaseFile? file = request.Case.IsNone
            ? null : await Get<ICaseStore>().FindAsync(request.Case, AccessScope.All, cancellationToken);
        Source source = new()
        {
            Door = Door.Import,
            Site = site?.Name ?? request.Site,
            DefaultIssuer = site?.DefaultIssuer,
            Sender = By,
            Case = request.Case,
            Tenant = file?.Tenant ?? site?.Tenant ?? Tenant.Default,
            FileName = request.FileName,
            Within = request.Within,
        };
        if (request.DryRun)
        {
            return Task.FromResult(await PreviewAsync(request.Content, source, cancellationToken));
        }

        IntakeOutcome outcome = await Get<IntakeDoor>().AcceptAsync(request.Content, source, cancellationToken);
        return outcome switch
        {
            IntakeOutcome.Accepted accepted => OutcomesAsync(accepted.Item, null, cancellationToken),
            IntakeOutcome.AlreadyHeld held => OutcomesAsync(held.Item, ImportOutcomes.Duplicate, cancellationToken),
            IntakeOutcome.Conflicting conflict => OutcomesAsync(conflict.Item, ImportOutcomes.Conflict, cancellationToken),
            IntakeOutcome.Ignored ignored => Nothing(ImportOutcomes.Ignored, ignored.What),
            IntakeOutcome.Refused { Reason: RefusalReason.OutOfResources } full => throw new CommandException(
                full.Detail, "Free some space (see 'recordhub doctor'), then run the import again with --resume."),
            IntakeOutcome.Refused { Reason: RefusalReason.Unavailable } away => throw new CommandException(
                away.Detail, "See 'recordhub doctor', then run the import again with --resume."),
            IntakeOutcome.Refused refused =>
                Nothing(ImportOutcomes.Rejected, $"{ViewsOfCore.Words(refused.Reason)}: {refused.Detail}"),
            _ => throw new InvalidOperationException("An unknown outcome of intake."),
        };
    }

    private async Task<IReadOnlyList<ImportedView>> PreviewAsync(
        Stream content, Source source, CancellationToken cancellationToken)
    {
        FilingPreview preview = new(Get<IItemStore>(), Get<ICaseStore>(), Get<IInstanceStore>());
        if (content.CanSeek)
        {
            return Preview(await preview.LookAsync(content, source, cancellationToken));
        }

        // A member of an archive is read once only, and reading a record needs to go back.
        using ReplayedStream replayed = await ReplayedStream.OfAsync(content, cancellationToken);
        if (FilingPreview.AtHead(replayed.Head, source) is { } known)
        {
            return Preview([known]);
        }

        await using FileStream copy = Spool.Create();
        await replayed.CopyToAsync(copy, cancellationToken);
        copy.Position = 0;
        return Preview(await preview.LookAsync(copy, source, cancellationToken));
    }

    private static IReadOnlyList<ImportedView> Preview(IReadOnlyList<PreviewedRecord> records) =>
    [
        .. records.Select(record => new ImportedView(
            ViewsOfCore.Words(record.Kind),
            record.IsDuplicate ? ImportOutcomes.Duplicate
                : record.Reason == ImportOutcomes.Conflict ? ImportOutcomes.Conflict
                : ViewsOfCore.Words(record.State),
            record.Explanation.Length == 0 ? record.Reason : $"{record.Reason}: {record.Explanation}",
            null,
            record.Case.IsNone ? null : record.Case.Value)
        {
            Warnings = [.. record.Lost.Select(ViewsOfCore.NotRead)],
        }),
    ];

    // Where no site is configured, a name says where things are from and nothing else; where some are, another is a slip.
    private SiteOptions? SiteOf(string? name) =>
        name is null || host.Options.Sites.Count == 0 ? null : SitePeer.Find(host.Options, name);

    private async Task<IReadOnlyList<ImportedView>> OutcomesAsync(
        ItemId item, string? known, CancellationToken cancellationToken)
    {
        IReadOnlyList<HeldRecord> records = await Get<PipelineWaiter>().WaitAsync(item, s_patience, cancellationToken);
        IReadOnlyList<SenderAlert> told = await Get<SenderAlerts>().OfAsync(records, cancellationToken);
        return records.Count == 0
            ? [new ImportedView(
                "unknown", known ?? ImportOutcomes.Held, "in-progress: it is stored and will be filed later", item.ToString(), null)]
            : [.. records.Select(record => ViewsOfCore.Imported(record, known) with
            {
                Alert = told.FirstOrDefault(alert => alert.Record == record.Id)?.Sentence,
            })];
    }

    private static Task<IReadOnlyList<ImportedView>> Nothing(string outcome, string reason) =>
        Task.FromResult<IReadOnlyList<ImportedView>>([new ImportedView("unknown", outcome, reason, null, null)]);
}
