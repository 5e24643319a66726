using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Cli.Hub;

/// <content>Taking files in.</content>
internal sealed partial class EmbeddedHub
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<ImportedView>> ImportAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        SiteOptions? site = host.Options.Sites.FirstOrDefault(
            known => string.Equals(known.Name, request.Site, StringComparison.OrdinalIgnoreCase));
        Source source = new()
        {
            Door = Door.Import,
            Site = site?.Name ?? request.Site,
            DefaultIssuer = site?.DefaultIssuer,
            Sender = By,
            Case = request.Case,
            FileName = request.FileName,
        };
        IntakeOutcome outcome = await Get<IntakeDoor>().AcceptAsync(request.Content, source, cancellationToken);
        return outcome switch
        {
            IntakeOutcome.Accepted accepted => await OutcomesAsync(accepted.Item, null, cancellationToken),
            IntakeOutcome.AlreadyHeld held => await OutcomesAsync(held.Item, ImportOutcomes.Duplicate, cancellationToken),
            IntakeOutcome.Conflicting conflict =>
                await OutcomesAsync(conflict.Item, ImportOutcomes.Conflict, cancellationToken),
            IntakeOutcome.Ignored ignored => [Nothing(ImportOutcomes.Ignored, ignored.What)],
            IntakeOutcome.Refused { Reason: RefusalReason.OutOfResources } full => throw new CommandException(
                full.Detail, "Free some space (see 'recordhub doctor'), then run the import again with --resume."),
            IntakeOutcome.Refused refused =>
                [Nothing(ImportOutcomes.Rejected, $"{ViewsOfCore.Words(refused.Reason)}: {refused.Detail}")],
            _ => throw new InvalidOperationException("An unknown outcome of intake."),
        };
    }

    private async Task<IReadOnlyList<ImportedView>> OutcomesAsync(
        ItemId item, string? known, CancellationToken cancellationToken)
    {
        IReadOnlyList<HeldRecord> records = await Get<PipelineWaiter>().WaitAsync(item, s_patience, cancellationToken);
        return records.Count == 0
            ? [new ImportedView(
                "unknown", known ?? ImportOutcomes.Held, "in-progress: it is stored and will be filed later", item.ToString(), null)]
            : [.. records.Select(record => ViewsOfCore.Imported(record, known))];
    }

    private static ImportedView Nothing(string outcome, string reason) => new("unknown", outcome, reason, null, null);
}
