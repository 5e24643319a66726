using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Uploads;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>Upload links, in a folder.</content>
internal sealed partial class EmbeddedHub
{
    // Without the setting nobody knows here under which address the service will answer; the path is the same under all.
    private string Address => host.Options.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? string.Empty;

    public async Task<UploadLinkView> CreateUploadLinkAsync(
        CaseNumber number, int? days, string? label, CancellationToken cancellationToken) =>
        await Get<UploadLinkDesk>().CreateAsync(number, days, label, By, AccessScope.All, cancellationToken) switch
        {
            UploadLinkOutcome.Made made => UploadLinkView.Of(
                made.Link, Get<TimeProvider>().GetUtcNow(), UploadLinkView.AddressOf(Address, made.Secret)),
            UploadLinkOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw NoCase(number),
        };

    public async Task<IReadOnlyList<UploadLinkView>> ListUploadLinksAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Get<TimeProvider>().GetUtcNow();
        return
        [
            .. Known(await Get<UploadLinkDesk>().ListAsync(number, AccessScope.All, cancellationToken), number)
                .Select(link => UploadLinkView.Of(link, now)),
        ];
    }

    public async Task RevokeUploadLinkAsync(CaseNumber number, string id, CancellationToken cancellationToken)
    {
        if (!await Get<UploadLinkDesk>().RevokeAsync(number, id, By, AccessScope.All, cancellationToken))
        {
            throw new CommandException(
                $"Case {number} has no upload link {id} that still takes files.", $"See 'recordhub case link {number} --list'.");
        }
    }
}
