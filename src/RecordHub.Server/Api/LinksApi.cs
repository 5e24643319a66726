using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Links;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Which identifiers are a patient's, who says so, and a person's no to it.</summary>
internal sealed class LinksApi(LinkDesk desk)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/links", FindAsync).Needs(Permission.ReviewInbox);
        api.MapGet("/cases/{case}/links", ListAsync).Needs(Permission.ReviewInbox);
        api.MapPost("/cases/{case}/links/take-back", TakeBackAsync).Needs(Permission.ReviewInbox);
        api.MapPost("/cases/{case}/links/restore", RestoreAsync).Needs(Permission.ReviewInbox);
    }

    private async Task FindAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        PatientIdentifier identifier = IdentifierOf(query["issuer"], query["value"]);
        (CaseNumber number, IReadOnlyList<KnownLink> links) = await desk.FindAsync(
            identifier, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NotFound("The identifier is linked to no patient.");
        await ApiJson.SendAsync(context, LinksView.Of(number, links), ApiJson.Default.LinksView);
    }

    private async Task ListAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        IReadOnlyList<KnownLink> links = await desk.ListAsync(number, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NoCase(number);
        await ApiJson.SendAsync(context, LinksView.Of(number, links), ApiJson.Default.LinksView);
    }

    private Task TakeBackAsync(HttpContext context) => DecideAsync(context, desk.TakeBackAsync);

    private Task RestoreAsync(HttpContext context) => DecideAsync(context, desk.RestoreAsync);

    private static async Task DecideAsync(
        HttpContext context,
        Func<CaseNumber, PatientIdentifier, string, string, AccessScope, CancellationToken, Task<LinkOutcome>> decide)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        LinkRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.LinkRequest);
        PatientIdentifier identifier = IdentifierOf(asked.Issuer, asked.Value);
        Caller caller = Caller.Of(context);
        switch (await decide(number, identifier, asked.Reason ?? string.Empty, caller.Name, caller.Scope, context.RequestAborted))
        {
            case LinkOutcome.Done done:
                await ApiJson.SendAsync(context, LinksView.Of(number, done.Links, done.Records), ApiJson.Default.LinksView);
                break;
            case LinkOutcome.Refused refused:
                throw ApiCall.Refused(refused.Error, refused.Advice);
            default:
                throw ApiCall.NoCase(number);
        }
    }

    private static PatientIdentifier IdentifierOf(string? issuer, string? value) =>
        string.IsNullOrWhiteSpace(issuer) || string.IsNullOrWhiteSpace(value)
            ? throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", "Name the identifier by its issuer and its value.")
            : new PatientIdentifier(issuer, value);
}
