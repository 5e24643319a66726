using Microsoft.AspNetCore.Builder;

namespace RecordHub.Server.Web;

/// <summary>Marks an endpoint by which records come in.</summary>
internal sealed record TakesRecords;

/// <summary>The mark beside the routes that it is for.</summary>
internal static class TakesRecordsRoutes
{
    /// <summary>Records come in here: refused while too much waits.</summary>
    public static T TakesRecords<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new TakesRecords());
}
