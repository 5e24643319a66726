using System.Runtime.CompilerServices;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Network;
using RecordHub.Server.Api;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Hub;

/// <content>What is fetched from a site.</content>
internal sealed partial class EmbeddedHub
{
    /// <summary>What is to be asked of the site: for a case without a named patient, by the case's identifiers of that site.</summary>
    /// <exception cref="CommandException">There is no such case, or no identifier to ask by.</exception>
    public async Task<PullRequest> AskForAsync(
        SiteOptions site, PatientIdentifier? patient, CaseNumber number, DateOnly? since, CancellationToken cancellationToken)
    {
        string? issuer = site.DefaultIssuer is { } configured
            ? Identifiers.Canonical(new PatientIdentifier(configured, string.Empty)).Issuer : null;
        if (patient is { } named && issuer is not null && Identifiers.Canonical(named).Issuer != issuer)
        {
            throw new CommandException(
                $"The identifiers of {site.Name} are of {site.DefaultIssuer}, and --patient names another issuer.",
                "Give the identifier that this site has: the same value of another issuer may be another person.", ExitCodes.Usage);
        }

        AccessScope scope = site.Tenant is { } tenant ? AccessScope.Of(tenant) : AccessScope.All;
        CaseFile? file = number.IsNone
            ? null : Known(await Get<ICaseStore>().FindAsync(number, scope, cancellationToken), number);
        string[] ids = patient is { } asked ? [asked.Value]
            : file is null ? []
            : [.. PullPlan.IdentifiersOf(file.Patient, site)];
        return file is not null && ids.Length == 0
            ? throw new CommandException(
                $"Case {number} has no patient identifier of {site.Name}{(site.DefaultIssuer is null ? ", whose DefaultIssuer is not set" : string.Empty)}.",
                "Give it with --patient 'ISSUER|ID'.")
            : new PullRequest
            {
                Site = site,
                PatientIds = ids,
                Since = since,
                Case = number,
                Tenant = file?.Tenant ?? site.Tenant ?? Tenant.Default,
            };
    }

    /// <summary>Fetches, and waits for what becomes of the records of each study.</summary>
    /// <exception cref="CommandException">Nothing can be fetched.</exception>
    public async IAsyncEnumerable<PulledLine> PullAsync(
        PullRequest request, Action<SubOperationCounts>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (PulledStudy study in Get<SitePuller>().PullAsync(request, progress, cancellationToken))
        {
            Dictionary<string, int> outcomes = [];
            foreach (ItemId item in study.Items)
            {
                foreach (ImportedView record in await OutcomesAsync(item, null, cancellationToken))
                {
                    outcomes[record.Outcome] = outcomes.GetValueOrDefault(record.Outcome) + 1;
                }
            }

            yield return new PulledLine(
                study.Study, study.Found, study.Here, study.Fetched,
                [.. study.Failed.Select(one => new PullFailure(one.Instance.ToString(), one.Why))], outcomes, study.Error);
        }
    }
}
