using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Commitment;
using RecordHub.Core.Outbox;
using RecordHub.Core.Packages;
using RecordHub.Core.Retention;
using RecordHub.Server.Api;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Web;

namespace RecordHub.Cli.Hub;

/// <summary>The RecordHub in a data folder, opened in this process without any door.</summary>
internal sealed partial class EmbeddedHub(RecordHubHost host, string? trial = null) : IRecordHub
{
    private const string By = "command line";

    private static readonly TimeSpan s_openingPatience = TimeSpan.FromSeconds(5);

    /// <summary>Opens the store in the folder, creating it when there is none.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="files">Whether records will be filed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EmbeddedHub> OpenAsync(string data, bool files, CancellationToken cancellationToken)
    {
        RecordHubOptions options = RecordHubOptions.Load(data, new Dictionary<string, string?>()) with
        {
            Roles = files ? ServerRoles.Worker : ServerRoles.None,
        };
        return new EmbeddedHub(await RecordHubHost.StartAsync(options, cancellationToken, NoLog));
    }

    /// <summary>Opens an empty store with the settings of the folder, where there is none, for a look that leaves nothing: it goes with it.</summary>
    public static async Task<EmbeddedHub> OpenTrialAsync(string data, CancellationToken cancellationToken)
    {
        string trial = Directory.CreateTempSubdirectory("recordhub-trial-").FullName;
        RecordHubOptions options = RecordHubOptions.Load(data, new Dictionary<string, string?>()) with
        {
            Data = trial,
            BlobsUri = null,
            ObjectStore = null,
            DatabaseFile = null,
            Roles = ServerRoles.Worker,
        };
        RecordHubHost? started = null;
        try
        {
            started = await RecordHubHost.StartAsync(options, cancellationToken, NoLog);
            return new EmbeddedHub(started, trial);
        }
        finally
        {
            if (started is null)
            {
                Directory.Delete(trial, recursive: true);
            }
        }
    }

    /// <summary>A command says itself what went wrong; a log would stand between its lines.</summary>
    public static void NoLog(ILoggingBuilder logging) => logging.SetMinimumLevel(LogLevel.None);

    public async Task<CreatedCaseView> CreateCaseAsync(NewCase asked, CancellationToken cancellationToken)
    {
        CaseDesk desk = Get<CaseDesk>();
        long before = await Get<IOutbox>().CountAsync(cancellationToken);
        switch (await desk.CreateAsync(asked, cancellationToken))
        {
            case CaseCreation.Created created:
                await FileWaitingAsync(before, cancellationToken);
                CaseView? view = await desk.ShowAsync(created.File.Number, AccessScope.All, cancellationToken);
                UploadLinkView link = await CreateUploadLinkAsync(created.File.Number, null, null, cancellationToken);
                return new CreatedCaseView(
                    created.File.Number.Value, view?.ServiceRequestId ?? string.Empty, link.UploadLink,
                    AeTitles.Of(created.File.Number));
            case CaseCreation.Refused refused:
                throw new CommandException(refused.Error, refused.Advice);
            default:
                throw new InvalidOperationException("An unknown outcome of opening a case.");
        }
    }

    public async Task<IReadOnlyList<CaseLineView>> ListCasesAsync(CancellationToken cancellationToken) =>
        [.. (await Get<CaseDesk>().ListAsync(AccessScope.All, cancellationToken)).Select(ViewsOfCore.Line)];

    public async Task<CaseDetailsView> ShowCaseAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        CaseView view = Known(await Get<CaseDesk>().ShowAsync(number, AccessScope.All, cancellationToken), number);
        return ViewsOfCore.Details(view, await Get<RetentionDesk>().LookAsync(view.File, cancellationToken));
    }

    public async Task<MissingView> MissingAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        CaseMissing missing = Known(await Get<CaseDesk>().MissingAsync(number, AccessScope.All, cancellationToken), number);
        return ViewsOfCore.Missing(number, missing);
    }

    public async Task<LetterView> LetterAsync(CaseNumber number, CancellationToken cancellationToken) =>
        new(number.Value, Known(await Get<CaseDesk>().LetterAsync(number, AccessScope.All, cancellationToken), number));

    public async Task<PublishedView> PublishAsync(
        CaseNumber number, bool force, string? reason, CancellationToken cancellationToken) =>
        await Get<PublishingDesk>().PublishAsync(number, By, force, reason, AccessScope.All, cancellationToken) switch
        {
            PublishOutcome.Published published => new PublishedView(
                number.Value, published.Version.Version, published.Version.Digest.ToString(), published.Created,
                ViewsOfCore.Findings(published.Warnings)),
            PublishOutcome.Blocked blocked => throw new CommandException(
                "Something required is missing: " + string.Join("; ", blocked.Blockers.Select(finding => finding.Label)) + ".",
                blocked.Advice),
            PublishOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw new InvalidOperationException("An unknown outcome of publishing."),
        };

    public async Task<PackageView> ShowPackageAsync(CaseNumber number, int? version, CancellationToken cancellationToken) =>
        ViewsOfCore.Package(await Get<PublishingDesk>().ShowAsync(number, version, AccessScope.All, cancellationToken)
            ?? throw NoPackage(number));

    public async Task<IReadOnlyList<PackageChangeView>> DiffPackageAsync(
        CaseNumber number, int from, int to, CancellationToken cancellationToken) =>
        [.. (await Get<PublishingDesk>().DiffAsync(number, from, to, AccessScope.All, cancellationToken) ?? throw NoPackage(number))
            .Select(ViewsOfCore.Change)];

    public async Task ExportPackageAsync(
        CaseNumber number, int? version, bool reconciled, Stream zip, CancellationToken cancellationToken)
    {
        if (await Get<PublishingDesk>().ShowAsync(number, version, AccessScope.All, cancellationToken) is { } found)
        {
            // What is carried away is read, too.
            await Get<IReaderStore>().NoteAsync(
                [new(number, found.Version, By, By, "administrator", ReadingKind.Package, Get<TimeProvider>().GetUtcNow())],
                cancellationToken);
        }

        if (!await Get<PublishingDesk>().ExportAsync(number, version, reconciled, zip, AccessScope.All, cancellationToken))
        {
            throw NoPackage(number);
        }
    }

    public async Task<TokenView> CreateTokenAsync(
        string name, Role role, IReadOnlyList<CaseNumber> cases, Tenant? tenant, string? site, CancellationToken cancellationToken)
    {
        if (role == Role.Specialist == (cases.Count == 0))
        {
            throw new CommandException(
                "A specialist's token names a case, and no other does.", "Give --case with --role specialist only.",
                ExitCodes.Usage);
        }

        string? known = site is null ? null
            : SendingSite.Find(site, tenant, host.Options)?.Name
                ?? throw new CommandException($"There is no site {site}.", "See 'recordhub site list'.");
        NewToken made = await Get<TokenDesk>().CreateAsync(name, role, cases, tenant, known, cancellationToken);
        return ViewsOfCore.Token(made.Token, made.Secret);
    }

    public async Task<IReadOnlyList<TokenView>> ListTokensAsync(CancellationToken cancellationToken) =>
        [.. (await Get<TokenDesk>().ListAsync(null, cancellationToken)).Select(token => ViewsOfCore.Token(token))];

    public async Task RevokeTokenAsync(string id, CancellationToken cancellationToken)
    {
        if (!await Get<TokenDesk>().RevokeAsync(id, null, cancellationToken))
        {
            throw new CommandException($"There is no valid token {id}.", "See 'recordhub token list'.");
        }
    }

    public Task<IReadOnlyList<CommitmentView>> ListCommitmentsAsync(CancellationToken cancellationToken) =>
        new CommitmentsApi(Get<ICommitmentStore>()).ListAsync(null, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        if (trial is not null)
        {
            Directory.Delete(trial, recursive: true);
        }
    }

    // What has waited for such a case, when there is more to do than before; the rest is done by the service, or the next
    // command.
    private async Task FileWaitingAsync(long before, CancellationToken cancellationToken)
    {
        if (await Get<IOutbox>().CountAsync(cancellationToken) > before)
        {
            await Get<PipelineWaiter>().WaitUntilIdleAsync(s_openingPatience, cancellationToken);
        }
    }

    private static T Known<T>(T? found, CaseNumber number)
        where T : class =>
        found ?? throw NoCase(number);

    private static CommandException NoCase(CaseNumber number) =>
        new($"There is no case {number}.", "See 'recordhub case list'.");

    private static CommandException NoPackage(CaseNumber number) => new(
        $"There is no such version of the package of case {number}.",
        $"See 'recordhub package show {number}', or publish one with 'recordhub package publish {number}'.");

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();
}
