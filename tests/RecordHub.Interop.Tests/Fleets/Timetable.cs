namespace RecordHub.Interop.Tests.Fleets;

/// <summary>Lets time pass where a plan says when something happens; nothing waits for it to have had its effect.</summary>
internal static class Timetable
{
    // What a PeriodicTimer can do at least.
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);

    public static async Task PassAsync(TimeSpan time, CancellationToken token)
    {
        if (time >= s_least)
        {
            using PeriodicTimer timer = new(time);
            await timer.WaitForNextTickAsync(token);
        }
    }
}
