using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Links;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Hub;

/// <content>Links between identifiers and patients, in a folder.</content>
internal sealed partial class EmbeddedHub
{
    public async Task<LinksView> ListLinksAsync(CaseNumber number, CancellationToken cancellationToken) =>
        LinksView.Of(number, Known(await Get<LinkDesk>().ListAsync(number, AccessScope.All, cancellationToken), number));

    public async Task<LinksView> FindLinkAsync(PatientIdentifier identifier, CancellationToken cancellationToken) =>
        await Get<LinkDesk>().FindAsync(identifier, AccessScope.All, cancellationToken) is (CaseNumber number, { } links)
            ? LinksView.Of(number, links)
            : throw new CommandException(
                "The identifier is linked to no patient.", "See 'recordhub case links N' for those of a case's patient.");

    public async Task<LinksView> DecideLinkAsync(
        CaseNumber number, PatientIdentifier identifier, bool takeBack, string reason, CancellationToken cancellationToken)
    {
        LinkDesk desk = Get<LinkDesk>();
        LinkOutcome outcome = takeBack
            ? await desk.TakeBackAsync(number, identifier, reason, By, AccessScope.All, cancellationToken)
            : await desk.RestoreAsync(number, identifier, reason, By, AccessScope.All, cancellationToken);
        return outcome switch
        {
            LinkOutcome.Done done => LinksView.Of(number, done.Links, done.Records),
            LinkOutcome.Refused refused => throw new CommandException(refused.Error, refused.Advice),
            _ => throw NoCase(number),
        };
    }
}
