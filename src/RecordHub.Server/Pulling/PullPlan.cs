using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Requests;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Pulling;

/// <summary>What open cases ask a site for.</summary>
public sealed class PullPlan(ICaseStore cases, IResourceStore resources, IInstanceStore instances)
{
    private const int PageSize = 200;

    /// <summary>One request for each open case that has something to ask by.</summary>
    /// <param name="site">The site.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<IReadOnlyList<PullRequest>> ListAsync(SiteOptions site, CancellationToken cancellationToken)
    {
        AccessScope scope = site.Tenant is { } tenant ? AccessScope.Of(tenant) : AccessScope.All;
        List<PullRequest> requests = [];
        CaseNumber after = default;
        while (await cases.ListAsync(after, PageSize, scope, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            after = page[^1].Number;
            foreach (CaseFile file in page.Where(file => file.IsOpen))
            {
                PullRequest request = await RequestAsync(site, file, cancellationToken).ConfigureAwait(false);
                if (request is not { PatientIds: [], Studies: [], Accessions: [] })
                {
                    requests.Add(request);
                }
            }
        }

        return requests;
    }

    /// <summary>The values of the identifiers that the site itself gave the patient, whom it may be asked by.</summary>
    public static IReadOnlyList<string> IdentifiersOf(CasePatient patient, SiteOptions site)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(site);
        return site.DefaultIssuer is not { } configured ? [] :
        [
            .. patient.Identifiers.Where(one => Identifiers.Canonical(one).Issuer
                == Identifiers.Canonical(new PatientIdentifier(configured, string.Empty)).Issuer).Select(one => one.Value),
        ];
    }

    private async Task<PullRequest> RequestAsync(SiteOptions site, CaseFile file, CancellationToken cancellationToken)
    {
        StudyWishes wishes = await WishesAsync(file, cancellationToken).ConfigureAwait(false);
        PartialDate born = file.Patient.BirthDate;
        return new PullRequest
        {
            Site = site,
            PatientIds = IdentifiersOf(file.Patient, site),
            Studies = wishes.Studies,
            Accessions = wishes.Accessions,
            BirthDate = born.Day > 0 ? born.ToString().Replace("-", string.Empty, StringComparison.Ordinal) : null,
            Case = file.Number,
            Tenant = file.Tenant,
        };
    }

    private async Task<StudyWishes> WishesAsync(CaseFile file, CancellationToken cancellationToken)
    {
        List<ResourceVersion> sent = [];
        string? after = null;
        do
        {
            ResourcePage page = await resources.SearchAsync(
                new ResourceQuery
                {
                    Types = StudyWishes.Types,
                    Scope = AccessScope.Of(file.Tenant).Within(file.Number),
                    Count = PageSize,
                    After = after,
                    WithTotal = false,
                },
                cancellationToken).ConfigureAwait(false);
            sent.AddRange(page.Matches);
            after = page.Next;
        }
        while (after is not null);

        return sent.Count == 0 ? new StudyWishes([], []) : StudyWishes.Of(
            sent, (await instances.CountByStudyAsync(file.Number, cancellationToken).ConfigureAwait(false)).Keys.ToHashSet());
    }
}
