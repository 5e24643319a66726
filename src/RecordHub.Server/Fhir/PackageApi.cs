using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary><c>ServiceRequest/{id}/$package</c>: the document Bundle of a sealed version, byte for byte.</summary>
internal sealed class PackageApi(IResourceStore resources, IPackageStore packages, IBlobStore blobs, ReadingLog readings)
{
    public void Map(IEndpointRouteBuilder fhir) => fhir
        .MapMethods("/ServiceRequest/{id}/$package", [HttpMethods.Get, HttpMethods.Head], SendAsync)
        .Needs(Permission.ReadRecords, ResourceAction.Read, AccessRule.AllTypes);

    private async Task SendAsync(HttpContext context)
    {
        FhirCall call = new(context);
        if (context.Request.Query.Keys.FirstOrDefault(name => name is not ("version" or "_format" or "_pretty")) is { } other)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "The operation takes version.", "http.parameter." + other);
        }

        ResourceVersion request = FhirAnswer.OrRefused(
            await resources.ReadAsync("ServiceRequest", call.Route("id"), call.Scope, call.Aborted));
        string wanted = context.Request.Query["version"].ToString();
        int? version = null;
        if (wanted.Length > 0)
        {
            version = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                ? number
                : throw new RefusedException(
                    StatusCodes.Status400BadRequest, "invalid", "A version is a whole number from 1.", "http.parameter.version");
        }

        PackageVersion package = await packages.FindAsync(request.Case, version, call.Scope, call.Aborted)
            ?? throw new RefusedException(
                StatusCodes.Status404NotFound, "not-found",
                version is null
                    ? "The case has no published package yet; publish one first."
                    : "The case has no such package version.");
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await readings.NotePackageAsync(call.Caller, package.Case, package.Version, call.Aborted);
        }

        await using Stream bundle = await blobs.OpenAsync(package.Digest, 0, call.Aborted);
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = version is null ? "private, no-cache" : "private, immutable, max-age=31536000";
        headers["X-RecordHub-Package-Version"] = package.Version.ToString(CultureInfo.InvariantCulture);
        headers.Append("Vary", "Accept, Authorization");
        if (call.IsXml)
        {
            // The digest is of the JSON; another format is a rendering of it, and says so by having none.
            using MemoryStream json = new();
            await bundle.CopyToAsync(json, call.Aborted);
            await FhirAnswer.SendAsync(call, json.GetBuffer().AsMemory(0, (int)json.Length));
            return;
        }

        // RFC 3230 and RFC 9530: old and new clients ask by different names.
        string digest = Convert.ToBase64String(Convert.FromHexString(package.Digest.ToString()));
        headers["Digest"] = "sha-256=" + digest;
        headers["Repr-Digest"] = $"sha-256=:{digest}:";
        await Results.Stream(
            bundle, OperationOutcome.Json, lastModified: package.CreatedAt,
            entityTag: new EntityTagHeaderValue($"\"{package.Digest}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }
}
