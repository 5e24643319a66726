using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RecordHub.Server.Api;

/// <summary>The JSON interface under <c>/api</c>: what the commands ask of a running service.</summary>
internal static class JsonApi
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<CasesApi>()
        .AddSingleton<UploadLinksApi>()
        .AddSingleton<InboxApi>()
        .AddSingleton<LinksApi>()
        .AddSingleton<InboxGroupsApi>()
        .AddSingleton<AlertsApi>()
        .AddSingleton<PackagesApi>()
        .AddSingleton<TokensApi>()
        .AddSingleton<ClientsApi>()
        .AddSingleton<CommitmentsApi>()
        .AddSingleton<ImportApi>()
        .AddSingleton<PipelineApi>()
        .AddSingleton<CaseEndsApi>()
        .AddSingleton<RetentionApi>();

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api");
        IServiceProvider services = routes.ServiceProvider;
        services.GetRequiredService<CasesApi>().Map(api);
        services.GetRequiredService<UploadLinksApi>().Map(api);
        services.GetRequiredService<InboxApi>().Map(api);
        services.GetRequiredService<LinksApi>().Map(api);
        services.GetRequiredService<InboxGroupsApi>().Map(api);
        services.GetRequiredService<AlertsApi>().Map(api);
        services.GetRequiredService<PackagesApi>().Map(api);
        services.GetRequiredService<TokensApi>().Map(api);
        services.GetRequiredService<ClientsApi>().Map(api);
        services.GetRequiredService<CommitmentsApi>().Map(api);
        services.GetRequiredService<ImportApi>().Map(api);
        services.GetRequiredService<PipelineApi>().Map(api);
        services.GetRequiredService<CaseEndsApi>().Map(api);
        services.GetRequiredService<RetentionApi>().Map(api);
    }
}
