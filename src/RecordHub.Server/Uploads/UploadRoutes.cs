using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.Uploads;

/// <summary>Puts upload links into the web server.</summary>
internal static class UploadRoutes
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton<UnknownLinks>()
        .AddSingleton<UploadReader>()
        .AddSingleton<UploadApi>();

    public static void MapUploads(this IEndpointRouteBuilder routes) =>
        routes.ServiceProvider.GetRequiredService<UploadApi>().Map(routes);
}
