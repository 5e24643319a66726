using System.Diagnostics;

namespace RecordHub.Core.Telemetry;

/// <summary>Where spans come from, one source for each room. Nothing is made while nobody listens.</summary>
public static class HubSources
{
    private const string Prefix = "RecordHub.";

    public static ActivitySource Core { get; } = new(Prefix + nameof(Core));

    public static ActivitySource Storage { get; } = new(Prefix + nameof(Storage));

    public static ActivitySource Server { get; } = new(Prefix + nameof(Server));

    /// <summary>What a listener names to hear all of them.</summary>
    public static string[] Names { get; } = [Core.Name, Storage.Name, Server.Name];

    internal static bool IsOurs(Activity activity) => activity.Source.Name.StartsWith(Prefix, StringComparison.Ordinal);
}
