using System.Text.Json;
using System.Text.Json.Serialization;
using RecordHub.Cli.Commands;
using RecordHub.Cli.Deidentification;
using RecordHub.Cli.Dicom;
using RecordHub.Cli.Import;
using RecordHub.Cli.Sites;
using RecordHub.Server.Api;
using RecordHub.Storage.Blobs.Encryption;

namespace RecordHub.Cli.Hub;

/// <summary>The JSON of commands and of the service's interface: camelCase, absent members left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(FailureView))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(LoginView))]
[JsonSerializable(typeof(CreatedCaseView))]
[JsonSerializable(typeof(IReadOnlyList<CaseLineView>))]
[JsonSerializable(typeof(CaseDetailsView))]
[JsonSerializable(typeof(MissingView))]
[JsonSerializable(typeof(LetterView))]
[JsonSerializable(typeof(IReadOnlyList<InboxItemView>))]
[JsonSerializable(typeof(DecidedView))]
[JsonSerializable(typeof(InboxPageView))]
[JsonSerializable(typeof(IReadOnlyList<MovedView>))]
[JsonSerializable(typeof(SplitView))]
[JsonSerializable(typeof(IReadOnlyList<AlertView>))]
[JsonSerializable(typeof(IReadOnlyList<ReaderView>))]
[JsonSerializable(typeof(PublishedView))]
[JsonSerializable(typeof(PackageView))]
[JsonSerializable(typeof(IReadOnlyList<PackageChangeView>))]
[JsonSerializable(typeof(IReadOnlyList<FailedView>))]
[JsonSerializable(typeof(RetriedView))]
[JsonSerializable(typeof(DroppedView))]
[JsonSerializable(typeof(RecordHub.Storage.Backups.BackupResult))]
[JsonSerializable(typeof(VerifiedView))]
[JsonSerializable(typeof(RecordHub.Core.Retention.PurgeCertificate))]
[JsonSerializable(typeof(HoldView))]
[JsonSerializable(typeof(UploadLinkView))]
[JsonSerializable(typeof(IReadOnlyList<UploadLinkView>))]
[JsonSerializable(typeof(RevokedLinkLine))]
[JsonSerializable(typeof(LinksView))]
[JsonSerializable(typeof(JournalView))]
[JsonSerializable(typeof(CaseMovedView))]
[JsonSerializable(typeof(PurgeView))]
[JsonSerializable(typeof(DueView))]
[JsonSerializable(typeof(IReadOnlyList<TokenView>))]
[JsonSerializable(typeof(KeyRotationResult))]
[JsonSerializable(typeof(IReadOnlyList<CheckView>))]
[JsonSerializable(typeof(IReadOnlyList<ImportedView>))]
[JsonSerializable(typeof(CheckView))]
[JsonSerializable(typeof(SiteView))]
[JsonSerializable(typeof(IReadOnlyList<SiteView>))]
[JsonSerializable(typeof(SentInstance))]
[JsonSerializable(typeof(SendSummaryLine))]
[JsonSerializable(typeof(CommittedInstance))]
[JsonSerializable(typeof(IReadOnlyList<CommitmentView>))]
[JsonSerializable(typeof(FetchedInstance))]
[JsonSerializable(typeof(FetchSummaryLine))]
[JsonSerializable(typeof(PulledLine))]
[JsonSerializable(typeof(PullSummaryLine))]
[JsonSerializable(typeof(DeidentifiedLine))]
[JsonSerializable(typeof(IReadOnlyList<BlankingRuleLine>))]
[JsonSerializable(typeof(DeidentifiedSummaryLine))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(ImportSummaryLine))]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(ClientView))]
[JsonSerializable(typeof(IReadOnlyList<ClientView>))]
internal sealed partial class HubJson : JsonSerializerContext;
