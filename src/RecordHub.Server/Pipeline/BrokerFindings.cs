namespace RecordHub.Server.Pipeline;

/// <summary>What a look at the broker showed.</summary>
/// <param name="Access">How far one gets with what is configured.</param>
/// <param name="Queues">Our queues, with what lies ready; empty unless one gets in.</param>
/// <param name="BlockedBy">The alarm by which it takes nothing from anybody; null without.</param>
public sealed record BrokerFindings(BrokerAccess Access, IReadOnlyList<BrokerQueueFinding> Queues, string? BlockedBy);

/// <summary>One of our queues.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ready">Messages that lie ready; null when there is no such queue yet.</param>
/// <param name="IsQuorum">Whether it is a quorum queue.</param>
public sealed record BrokerQueueFinding(string Name, long? Ready, bool IsQuorum);

/// <summary>How far one gets with what is configured.</summary>
public enum BrokerAccess
{
    /// <summary>Nobody answers there.</summary>
    Away,

    /// <summary>It does not take user and password.</summary>
    LoginRefused,

    /// <summary>There is no such virtual host, or the user may not use it.</summary>
    VirtualHostRefused,

    /// <summary>One gets in.</summary>
    Open,
}
