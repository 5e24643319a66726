using System.Reflection;

namespace RecordHub.Server.Hosting;

/// <summary>What we are called.</summary>
internal static class Product
{
    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "0";
}
