using RecordHub.Core.Retention;

namespace RecordHub.Server.Hosting;

/// <summary>Reads how long cases are kept. Pure.</summary>
internal static class RetentionReader
{
    private const int MostDays = 36_500;

    public static RetentionRules Read(Settings settings) => new()
    {
        DaysDelivered = Days(settings, "Retention:DeliveredDays"),
        DaysAcknowledged = Days(settings, "Retention:AcknowledgedDays"),
        DaysDeclined = Days(settings, "Retention:DeclinedDays"),
        DaysCancelled = Days(settings, "Retention:CancelledDays"),
        Purge = settings.Flag("Retention:Purge", false),
    };

    private static int? Days(Settings settings, string key) =>
        settings.Number(key, 0, 0, MostDays) is > 0 and var days ? days : null;
}
