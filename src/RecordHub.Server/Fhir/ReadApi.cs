using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Read, vread and history of an instance (R4 http.html#read).</summary>
internal sealed class ReadApi(IResourceStore resources, RecordHubOptions options, ReadingLog readings, ReviewTasks reviews)
{
    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/{type}/{id}", s_reading, ReadAsync).Needs(Permission.ReadRecords, ResourceAction.Read);
        fhir.MapMethods("/{type}/{id}/_history", s_reading, HistoryAsync).Needs(Permission.ReadRecords, ResourceAction.Read);
        fhir.MapMethods("/{type}/{id}/_history/{version}", s_reading, ReadVersionAsync).Needs(Permission.ReadRecords, ResourceAction.Read);
    }

    /// <summary>The current version.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        FhirCall call = new(context);
        ResourceVersion version = FhirAnswer.OrRefused(
            (call.Type() == "Task" ? await reviews.FindAsync(call) : null) ?? await resources.ReadAsync(call.Type(), call.Route("id"), call.Scope, call.Aborted));
        readings.Note(call.Caller, version.Case, ReadingKind.Records);
        await FhirAnswer.SendAsync(call, version);
    }

    /// <summary>One version.</summary>
    public async Task ReadVersionAsync(HttpContext context)
    {
        FhirCall call = new(context);
        IReadOnlyList<ResourceVersion> versions = await VersionsAsync(call);
        if (versions is [{ Deleted: true } gone])
        {
            FhirAnswer.OrRefused(gone);
        }

        ResourceVersion? named = versions.FirstOrDefault(version =>
            version.Version.ToString(CultureInfo.InvariantCulture) == call.Route("version"));
        await FhirAnswer.SendAsync(call, FhirAnswer.OrRefused(named));
    }

    /// <summary>All versions.</summary>
    public async Task HistoryAsync(HttpContext context)
    {
        FhirCall call = new(context);
        string type = call.Type();
        IReadOnlyList<ResourceVersion> versions = await VersionsAsync(call);
        if (versions.Count == 0)
        {
            FhirAnswer.OrRefused(null);
        }

        HistoryRequest request = HistoryRequest.Read(context.Request.Query, options.Limits);
        (int total, IReadOnlyList<ResourceVersion> page, string? next) = request.Of(versions);
        string root = $"{call.Base}/{type}/{call.Route("id")}/_history";
        List<(string, string)> links = [("self", request.Self(root))];
        if (next is not null)
        {
            links.Add(("next", request.Next(root, next)));
        }

        using BundleWriter bundle = new("history", call.Base, total, links.ToArray());
        foreach (ResourceVersion version in page)
        {
            bundle.AddVersion(version);
        }

        await FhirAnswer.SendAsync(call, bundle.Finish());
    }

    // A resource leaves its case because its record is held again, mostly for being somebody else's: from then on no
    // version of it is shown, only that it is gone. The record itself stays with the inbox.
    private async Task<IReadOnlyList<ResourceVersion>> VersionsAsync(FhirCall call)
    {
        IReadOnlyList<ResourceVersion> versions =
            await resources.HistoryAsync(call.Type(), call.Route("id"), call.Scope, call.Aborted);
        if (versions is [ResourceVersion shown, ..])
        {
            readings.Note(call.Caller, shown.Case, ReadingKind.Records);
        }

        return versions is [{ Deleted: true } gone, ..] ? [gone] : versions;
    }
}
