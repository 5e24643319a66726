using System.Text.Json;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Waits for what a running service says of itself.</summary>
internal static class ProcessWaits
{
    /// <summary>Until nothing is left in its outbox.</summary>
    public static async Task UntilIdleAsync(RecordHubProcess hub, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(token))
        {
            using JsonDocument pipeline = JsonDocument.Parse(await hub.Client.GetStringAsync("api/pipeline", token));
            if (pipeline.RootElement.GetProperty("idle").GetBoolean())
            {
                return;
            }
        }
    }

    /// <summary>Until all its parts work, the broker's queues among them.</summary>
    public static async Task UntilReadyAsync(RecordHubProcess hub, CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(token))
        {
            using HttpResponseMessage answer = await hub.Client.GetAsync("health/ready", token);
            using JsonDocument parts = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(token));
            if (parts.RootElement.GetProperty("status").GetString() == "ready")
            {
                return;
            }
        }
    }
}
