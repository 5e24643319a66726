using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.DicomWeb;

/// <summary>DICOMweb under <c>/dicomweb</c>, and within one case under <c>/cases/{case}/dicomweb</c> (PS3.18).</summary>
internal static class DicomWebApi
{
    public static IServiceCollection AddDicomWeb(this IServiceCollection services) => services
        .AddSingleton<QidoApi>()
        .AddSingleton<WadoApi>()
        .AddSingleton<FragmentTables>()
        .AddSingleton<BulkApi>()
        .AddSingleton<StowApi>();

    public static void MapDicomWeb(this IEndpointRouteBuilder routes)
    {
        foreach (string root in (ReadOnlySpan<string>)["/dicomweb", "/cases/{case}/dicomweb"])
        {
            RouteGroupBuilder web = routes.MapGroup(root);
            IServiceProvider services = routes.ServiceProvider;
            services.GetRequiredService<QidoApi>().Map(web);
            services.GetRequiredService<WadoApi>().Map(web);
            services.GetRequiredService<BulkApi>().Map(web);
            services.GetRequiredService<StowApi>().Map(web);
        }
    }
}
