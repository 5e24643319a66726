namespace RecordHub.Interop.Tests.Fleets;

/// <summary>Lets time pass where a plan says when something happens; nothing waits for it to have had its effect.</summary>
internal static class Timetable
{
    public static async Task PassAsync(TimeSpan time, CancellationToken token)
    {
        if (time > TimeSpan.Zero)
        {
            using PeriodicTimer timer = new(time);
            await timer.WaitForNextTickAsync(token);
        }
    }
}
