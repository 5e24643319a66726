using RecordHub.Cli.Hub;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Tests.Import;

/// <summary>Answers imports with what a test wants; nothing else is asked of it.</summary>
internal sealed class FakeHub(Func<string, byte[], Task<ImportedView>> answer) : IRecordHub
{
    private readonly Lock _lock = new();

    /// <summary>The files that it was given, in ordinal order.</summary>
    public SortedSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public async Task<Task<IReadOnlyList<ImportedView>>> ImportAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        await request.Content.CopyToAsync(content, cancellationToken);
        lock (_lock)
        {
            Asked.Add(request.FileName);
        }

        return AnswerAsync(answer(request.FileName, content.ToArray()));

        static async Task<IReadOnlyList<ImportedView>> AnswerAsync(Task<ImportedView> one) => [await one];
    }

    public void EnsureSite(string name) => throw NotAsked();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<CreatedCaseView> CreateCaseAsync(NewCase asked, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<CaseLineView>> ListCasesAsync(CancellationToken cancellationToken) => throw NotAsked();

    public Task<CaseDetailsView> ShowCaseAsync(CaseNumber number, CancellationToken cancellationToken) => throw NotAsked();

    public Task<MissingView> MissingAsync(CaseNumber number, CancellationToken cancellationToken) => throw NotAsked();

    public Task<LetterView> LetterAsync(CaseNumber number, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<InboxItemView>> ListInboxAsync(CancellationToken cancellationToken) => throw NotAsked();

    public Task<InboxItemView> ShowInboxAsync(RecordId id, CancellationToken cancellationToken) => throw NotAsked();

    public Task<InboxPageView> ListInboxGroupsAsync(RecordId? after, int count, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<IReadOnlyList<MovedView>> PreviewAsync(
        InboxTarget target, CaseNumber number, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<AlertView>> ListAlertsAsync(CancellationToken cancellationToken) => throw NotAsked();

    public Task<SplitView> SplitAsync(StudyShare share, CaseNumber to, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<IReadOnlyList<ReaderView>> ListReadersAsync(
        CaseNumber number, int? version, CancellationToken cancellationToken) => throw NotAsked();

    public Task<DecidedView> DecideAsync(
        InboxTarget target, InboxVerdict verdict, CaseNumber number, string? reason, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<IReadOnlyList<FailedView>> ListFailedAsync(CancellationToken cancellationToken) => throw NotAsked();

    public Task<RetriedView> RetryFailedAsync(string? key, CancellationToken cancellationToken) => throw NotAsked();

    public Task<DroppedView> DropFailedAsync(string key, string reason, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<UploadLinkView> CreateUploadLinkAsync(
        CaseNumber number, int? days, string? label, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<UploadLinkView>> ListUploadLinksAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task RevokeUploadLinkAsync(CaseNumber number, string id, CancellationToken cancellationToken) => throw NotAsked();

    public Task<PurgeView> LookAtPurgeAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<string> PurgeAsync(
        CaseNumber number, string reason, Action<string> progress, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<LinksView> ListLinksAsync(CaseNumber number, CancellationToken cancellationToken) => throw NotAsked();

    public Task<LinksView> FindLinkAsync(PatientIdentifier identifier, CancellationToken cancellationToken) => throw NotAsked();

    public Task<LinksView> DecideLinkAsync(
        CaseNumber number, PatientIdentifier identifier, bool takeBack, string reason, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<HoldView> HoldAsync(CaseNumber number, bool held, string reason, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<CaseMovedView> MoveCaseAsync(
        CaseNumber number, CaseMove move, string? reason, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<JournalView> VerifyJournalAsync(string? known, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<DueView> ListDueAsync(CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<PublishedView> PublishAsync(
        CaseNumber number, bool force, string? reason, CancellationToken cancellationToken) => throw NotAsked();

    public Task<PackageView> ShowPackageAsync(CaseNumber number, int? version, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<IReadOnlyList<PackageChangeView>> DiffPackageAsync(
        CaseNumber number, int from, int to, CancellationToken cancellationToken) => throw NotAsked();

    public Task ExportPackageAsync(
        CaseNumber number, int? version, bool reconciled, Stream zip, CancellationToken cancellationToken) =>
        throw NotAsked();

    public Task<TokenView> CreateTokenAsync(
        string name, Role role, IReadOnlyList<CaseNumber> cases, Tenant? tenant, string? site, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<TokenView>> ListTokensAsync(CancellationToken cancellationToken) => throw NotAsked();

    public Task RevokeTokenAsync(string id, CancellationToken cancellationToken) => throw NotAsked();

    public Task<ClientView> AddClientAsync(NewClient asked, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<ClientView>> ListClientsAsync(CancellationToken cancellationToken) => throw NotAsked();

    public Task<ClientView> SetClientKeysAsync(string id, string keySet, CancellationToken cancellationToken) => throw NotAsked();

    public Task RevokeClientAsync(string id, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<CommitmentView>> ListCommitmentsAsync(CancellationToken cancellationToken) => throw NotAsked();

    private static InvalidOperationException NotAsked() => new("No test asks this.");
}
