using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Retention;
using RecordHub.Core.Uploads;
using RecordHub.Server.Dicom;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Api;

/// <summary>Cases: opening them, and what is missing in them.</summary>
internal sealed class CasesApi(CaseDesk desk, RetentionDesk retention, UploadLinkDesk links)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cases", CreateAsync).Needs(Permission.ManageCases);
        api.MapGet("/cases", ListAsync).Needs(Permission.ManageCases);
        api.MapGet("/cases/{case}", ShowAsync).Needs(Permission.ManageCases);
        api.MapGet("/cases/{case}/missing", MissingAsync).Needs(Permission.ManageCases);
        api.MapGet("/cases/{case}/letter", LetterAsync).Needs(Permission.ManageCases);
    }

    private async Task CreateAsync(HttpContext context)
    {
        NewCaseRequest asked = await ApiJson.ReadAsync(context, ApiJson.Default.NewCaseRequest);
        CaseCreation creation = await desk.CreateAsync(
            new NewCase
            {
                Specialty = asked.Specialty ?? string.Empty,
                Family = asked.Family ?? string.Empty,
                Given = asked.Given ?? string.Empty,
                BirthDate = asked.BirthDate ?? string.Empty,
                Sex = asked.Sex,
                Identifiers =
                [
                    .. (asked.Identifiers ?? []).Select(identifier =>
                        new PatientIdentifier(identifier.Issuer ?? string.Empty, identifier.Value ?? string.Empty)),
                ],
                Question = asked.Question ?? string.Empty,
                Tenant = ApiCall.TenantOf(context, asked.Tenant),
            },
            context.RequestAborted);
        if (creation is not CaseCreation.Created created)
        {
            CaseCreation.Refused refused = (CaseCreation.Refused)creation;
            throw ApiCall.Refused(refused.Error, refused.Advice);
        }

        CaseNumber number = created.File.Number;
        CaseView? view = await desk.ShowAsync(number, Caller.Of(context).Scope, context.RequestAborted);
        string? link = await links.CreateAsync(
            number, days: null, label: null, Caller.Of(context).Name, Caller.Of(context).Scope, context.RequestAborted)
            is UploadLinkOutcome.Made made ? UploadLinkView.AddressOf(PublicAddress.Of(context), made.Secret) : null;
        context.Response.Headers.Location = $"/api/cases/{number}";
        await ApiJson.SendAsync(
            context,
            new CreatedCaseView(number.Value, view?.ServiceRequestId ?? string.Empty, link, AeTitles.Of(number)),
            ApiJson.Default.CreatedCaseView, StatusCodes.Status201Created);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<CaseFile> files = await desk.ListAsync(Caller.Of(context).Scope, context.RequestAborted);
        await ApiJson.SendAsync(context, [.. files.Select(ViewsOfCore.Line)], ApiJson.Default.IReadOnlyListCaseLineView);
    }

    private async Task ShowAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        CaseView view = await desk.ShowAsync(number, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NoCase(number);
        await ApiJson.SendAsync(context, ViewsOfCore.Details(view, await retention.LookAsync(view.File, context.RequestAborted)),
            ApiJson.Default.CaseDetailsView);
    }

    private async Task MissingAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        CaseMissing missing = await desk.MissingAsync(number, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NoCase(number);
        await ApiJson.SendAsync(context, ViewsOfCore.Missing(number, missing), ApiJson.Default.MissingView);
    }

    private async Task LetterAsync(HttpContext context)
    {
        CaseNumber number = ApiCall.CaseOf(context);
        string letter = await desk.LetterAsync(number, Caller.Of(context).Scope, context.RequestAborted)
            ?? throw ApiCall.NoCase(number);
        await ApiJson.SendAsync(context, new LetterView(number.Value, letter), ApiJson.Default.LetterView);
    }
}
