using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.Console;

/// <summary>Puts the console into the web server.</summary>
internal static class ConsoleRoutes
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<ConsoleScreen>()
        .AddSingleton<ConsoleApi>()
        .AddSingleton<ConsoleInboxApi>();

    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<ConsoleApi>().Map(routes);
        routes.ServiceProvider.GetRequiredService<ConsoleInboxApi>().Map(routes);
    }
}
