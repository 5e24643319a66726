using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RecordHub.Core.Access.Clients;
using RecordHub.Server.Auth;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;

namespace RecordHub.Server.Fhir;

/// <summary>FHIR R4 under <c>/fhir</c>, and within one case under <c>/cases/{case}/fhir</c>.</summary>
internal static class FhirApi
{
    public static IServiceCollection AddFhir(this IServiceCollection services) => services
        .AddSingleton<ReviewTasks>()
        .AddSingleton<ReadApi>()
        .AddSingleton<SearchApi>()
        .AddSingleton<MatchApi>()
        .AddSingleton<BinaryApi>()
        .AddSingleton<PackageApi>()
        .AddSingleton<BatchReads>()
        .AddSingleton<SentPlaces>()
        .AddSingleton<BundleAnswer>()
        .AddSingleton<SubmitAnswer>()
        .AddSingleton<SubmitApi>();

    public static void MapFhir(this IEndpointRouteBuilder routes)
    {
        foreach (string root in (ReadOnlySpan<string>)["/fhir", "/cases/{case}/fhir"])
        {
            RouteGroupBuilder fhir = routes.MapGroup(root);
            IEndpointConventionBuilder metadata =
                fhir.MapMethods("/metadata", [HttpMethods.Get, HttpMethods.Head], DescribeAsync);
            _ = root == "/fhir" ? metadata.IsOpen() : metadata.Needs(Permission.ReadRecords, ResourceAction.Read | ResourceAction.Search);
            IServiceProvider services = routes.ServiceProvider;
            services.GetRequiredService<ReadApi>().Map(fhir);
            services.GetRequiredService<SearchApi>().Map(fhir);
            services.GetRequiredService<MatchApi>().Map(fhir);
            services.GetRequiredService<BinaryApi>().Map(fhir);
            services.GetRequiredService<PackageApi>().Map(fhir);
            services.GetRequiredService<SubmitApi>().Map(fhir);
        }
    }

    private static async Task DescribeAsync(HttpContext context)
    {
        FhirCall call = new(context);
        RecordHubOptions options = context.RequestServices.GetRequiredService<RecordHubOptions>();
        ReadOnlyMemory<byte> statement = Capability.Write(call.Base, AuthApi.TokenUrl(context), Product.Version, options.Limits);
        string tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(statement.Span)[..8])}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.ToString() == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await FhirAnswer.SendAsync(call, statement);
    }
}
