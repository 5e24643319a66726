using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <summary>
/// What commands ask of a RecordHub: the one in a folder (<see cref="EmbeddedHub"/>) or a running service
/// (<see cref="RemoteHub"/>). What cannot be done is a <see cref="CommandException"/>.
/// </summary>
internal interface IRecordHub : IAsyncDisposable
{
    /// <summary>Refuses a site that is not configured, where that is known before anything is sent.</summary>
    void EnsureSite(string name);

    Task<CreatedCaseView> CreateCaseAsync(NewCase asked, CancellationToken cancellationToken);

    Task<IReadOnlyList<CaseLineView>> ListCasesAsync(CancellationToken cancellationToken);

    Task<CaseDetailsView> ShowCaseAsync(CaseNumber number, CancellationToken cancellationToken);

    Task<MissingView> MissingAsync(CaseNumber number, CancellationToken cancellationToken);

    Task<LetterView> LetterAsync(CaseNumber number, CancellationToken cancellationToken);

    Task<IReadOnlyList<InboxItemView>> ListInboxAsync(CancellationToken cancellationToken);

    Task<InboxItemView> ShowInboxAsync(RecordId id, CancellationToken cancellationToken);

    /// <summary>What is held, grouped by patient as claimed and by study.</summary>
    Task<InboxPageView> ListInboxGroupsAsync(RecordId? after, int count, CancellationToken cancellationToken);

    /// <summary>Which held records an assignment would file; changes nothing.</summary>
    Task<IReadOnlyList<MovedView>> PreviewAsync(InboxTarget target, CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Held records that were sent for a case and are somebody else's.</summary>
    Task<IReadOnlyList<AlertView>> ListAlertsAsync(CancellationToken cancellationToken);

    /// <summary>Moves a share of a study to another case.</summary>
    Task<SplitView> SplitAsync(StudyShare share, CaseNumber to, CancellationToken cancellationToken);

    /// <summary>Who opened a version of the package, or all of them when none is named.</summary>
    Task<IReadOnlyList<ReaderView>> ListReadersAsync(CaseNumber number, int? version, CancellationToken cancellationToken);

    /// <summary>Takes a person's decision: a case with <see cref="InboxVerdict.Assign"/>, a reason with a rejection.</summary>
    Task<DecidedView> DecideAsync(
        InboxTarget target, InboxVerdict verdict, CaseNumber number, string? reason, CancellationToken cancellationToken);

    Task<PublishedView> PublishAsync(CaseNumber number, bool force, string? reason, CancellationToken cancellationToken);

    /// <summary>A version of the package, the latest when none is named.</summary>
    Task<PackageView> ShowPackageAsync(CaseNumber number, int? version, CancellationToken cancellationToken);

    Task<IReadOnlyList<PackageChangeView>> DiffPackageAsync(
        CaseNumber number, int from, int to, CancellationToken cancellationToken);

    /// <summary>Writes a version as a ZIP; reconciled, its DICOM files name the case's patient.</summary>
    Task ExportPackageAsync(
        CaseNumber number, int? version, bool reconciled, Stream zip, CancellationToken cancellationToken);

    Task<TokenView> CreateTokenAsync(
        string name, Role role, IReadOnlyList<CaseNumber> cases, Tenant? tenant, string? site, CancellationToken cancellationToken);

    Task<IReadOnlyList<TokenView>> ListTokensAsync(CancellationToken cancellationToken);

    Task RevokeTokenAsync(string id, CancellationToken cancellationToken);

    /// <summary>Registers a client of SMART Backend Services.</summary>
    Task<ClientView> AddClientAsync(NewClient asked, CancellationToken cancellationToken);

    Task<IReadOnlyList<ClientView>> ListClientsAsync(CancellationToken cancellationToken);

    /// <summary>Puts a key set in the place of a client's.</summary>
    Task<ClientView> SetClientKeysAsync(string id, string keySet, CancellationToken cancellationToken);

    Task RevokeClientAsync(string id, CancellationToken cancellationToken);

    /// <summary>Requests for storage commitment whose senders have not confirmed the report.</summary>
    Task<IReadOnlyList<CommitmentView>> ListCommitmentsAsync(CancellationToken cancellationToken);

    /// <summary>What failed on its way to a case.</summary>
    Task<IReadOnlyList<FailedView>> ListFailedAsync(CancellationToken cancellationToken);

    /// <summary>Tries again: one, or all when none is named.</summary>
    Task<RetriedView> RetryFailedAsync(string? key, CancellationToken cancellationToken);

    /// <summary>Rejects an item that fails.</summary>
    Task<DroppedView> DropFailedAsync(string key, string reason, CancellationToken cancellationToken);

    /// <summary>Which identifiers are the patient's of a case, and who says so.</summary>
    Task<LinksView> ListLinksAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Whose an identifier is.</summary>
    Task<LinksView> FindLinkAsync(PatientIdentifier identifier, CancellationToken cancellationToken);

    /// <summary>Takes a link back, or takes that back.</summary>
    Task<LinksView> DecideLinkAsync(
        CaseNumber number, PatientIdentifier identifier, bool takeBack, string reason, CancellationToken cancellationToken);

    /// <summary>Makes an upload link; null for as many days as the settings say.</summary>
    Task<UploadLinkView> CreateUploadLinkAsync(CaseNumber number, int? days, string? label, CancellationToken cancellationToken);

    Task<IReadOnlyList<UploadLinkView>> ListUploadLinksAsync(CaseNumber number, CancellationToken cancellationToken);

    Task RevokeUploadLinkAsync(CaseNumber number, string id, CancellationToken cancellationToken);

    /// <summary>What a case holds, or the certificate that it does so no longer.</summary>
    Task<PurgeView> LookAtPurgeAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Removes all of a case; gives the certificate's JSON.</summary>
    Task<string> PurgeAsync(CaseNumber number, string reason, Action<string> progress, CancellationToken cancellationToken);

    /// <summary>Places a legal hold, or lifts it.</summary>
    Task<HoldView> HoldAsync(CaseNumber number, bool held, string reason, CancellationToken cancellationToken);

    /// <summary>Ends a case, or takes its end back.</summary>
    Task<CaseMovedView> MoveCaseAsync(CaseNumber number, CaseMove move, string? reason, CancellationToken cancellationToken);

    /// <summary>Checks the operators' journal, and that it holds a head that was noted before; null for none.</summary>
    Task<JournalView> VerifyJournalAsync(string? known, CancellationToken cancellationToken);

    /// <summary>Cases that have been kept for long enough.</summary>
    Task<DueView> ListDueAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes one file in. Its content has been read when the outer task ends; the inner one ends with what became of each
    /// record in it.
    /// </summary>
    Task<Task<IReadOnlyList<ImportedView>>> ImportAsync(ImportRequest request, CancellationToken cancellationToken);
}
