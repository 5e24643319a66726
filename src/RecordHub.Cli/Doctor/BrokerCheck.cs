using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Server.Pipeline;

namespace RecordHub.Cli.Doctor;

/// <summary>The checks of the broker: login, virtual host, our queues, alarms.</summary>
internal static class BrokerCheck
{
    private const string Broker = "broker";
    private const string Queues = "broker queues";
    private const string Alarms = "broker alarms";

    public static async Task<IReadOnlyList<CheckView>> RunAsync(Uri? broker, CancellationToken cancellationToken)
    {
        if (broker is null)
        {
            return [Checkup.Good(Broker, "None is configured: messages stay in this process, which needs nothing.")];
        }

        PipelineOptions options = new() { BrokerUri = broker };
        return Of(await BrokerProbe.LookAsync(options, cancellationToken), $"{broker.Host}:{PortOf(broker)}", VirtualHostOf(broker));
    }

    /// <summary>What the findings mean. Pure.</summary>
    internal static IReadOnlyList<CheckView> Of(BrokerFindings found, string where, string virtualHost) => found.Access switch
    {
        BrokerAccess.Away =>
        [
            Checkup.Bad(
                Broker, $"{where} does not answer.",
                "Start it or correct Broker:Uri. Nothing is lost meanwhile: what comes in waits in the database."),
        ],
        BrokerAccess.LoginRefused =>
        [
            Checkup.Bad(
                Broker, $"{where} does not take the user and password of Broker:Uri.",
                "Correct them, or make the user: rabbitmqctl add_user."),
        ],
        BrokerAccess.VirtualHostRefused =>
        [
            Checkup.Bad(
                Broker, $"{where} has no virtual host {virtualHost}, or its user may not use it.",
                "Correct the path of Broker:Uri, or run rabbitmqctl add_vhost and set_permissions."),
        ],
        _ => [Checkup.Good(Broker, $"{where} lets us in, virtual host {virtualHost}."), QueuesOf(found), AlarmOf(found)],
    };

    private static CheckView QueuesOf(BrokerFindings found)
    {
        string[] missing = [.. found.Queues.Where(queue => queue.Ready is null).Select(queue => queue.Name)];
        string[] other = [.. found.Queues.Where(queue => queue is { Ready: not null, IsQuorum: false }).Select(queue => queue.Name)];
        return other.Length > 0
            ? Checkup.Bad(
                Queues, $"{string.Join(" and ", other)} are no quorum queues.",
                "Stop the workers, delete them (rabbitmqctl delete_queue) and start a worker, which makes them anew; what waits is in the database.")
            : missing.Length > 0
            ? Checkup.Good(Queues, $"{string.Join(" and ", missing)} are not there yet: the first worker makes them.")
            : Checkup.Good(Queues, string.Create(
                CultureInfo.InvariantCulture, $"Both are quorum queues; {found.Queues.Sum(queue => queue.Ready ?? 0)} messages lie ready."));
    }

    private static CheckView AlarmOf(BrokerFindings found) => found.BlockedBy is { } alarm
        ? Checkup.Bad(
            Alarms, $"It takes nothing: {alarm}.",
            "Free its memory or disk, or raise its limits (vm_memory_high_watermark, disk_free_limit). What comes in waits in the database.")
        : Checkup.Good(Alarms, "None: it takes messages.");

    private static int PortOf(Uri broker) => broker.Port > 0 ? broker.Port : broker.Scheme == "amqps" ? 5671 : 5672;

    private static string VirtualHostOf(Uri broker) =>
        Uri.UnescapeDataString(broker.AbsolutePath.TrimStart('/')) is { Length: > 0 } named ? named : "/";
}
