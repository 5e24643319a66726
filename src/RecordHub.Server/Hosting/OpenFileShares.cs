using System.Globalization;

namespace RecordHub.Server.Hosting;

/// <summary>
/// How the files that a process may have open are shared out: a process without one left can neither store nor load code, and
/// ends. So no door takes more connections than there is room for beside the store. Pure.
/// </summary>
internal static class OpenFileShares
{
    /// <summary>Connections that a door may have beyond its number for as long as it takes to turn them away.</summary>
    public const int BeingClosed = 32;

    // The program's own libraries are about 300; the rest is for the database, volumes, the bus and those whom we call.
    private const int Own = 448;
    private const int Least = 40;

    // A request reads or writes a file beside its connection; instances in flight are counted by themselves.
    private const int FilesOfRequest = 2;

    /// <summary>The options with no more connections than the limit has room for.</summary>
    /// <param name="options">As configured.</param>
    /// <param name="openFiles">The limit of open files; null when there is none.</param>
    /// <param name="advice">What was made smaller, and what to do about it; null when all of it has room.</param>
    public static RecordHubOptions Fit(RecordHubOptions options, long? openFiles, out string? advice)
    {
        advice = null;
        if (openFiles is not { } limit)
        {
            return options;
        }

        long left = Math.Max(limit - Own - options.DicomLimits.MaxInstancesInFlight, Least);
        long dicom = (long)options.MaxAssociations + options.DicomLimits.MaxWaiting;
        long http = options.Limits.Connections;
        if (dicom + (http * FilesOfRequest) <= left)
        {
            return options;
        }

        // What one door leaves over is the other's.
        dicom = Math.Min(dicom, Math.Max(left / 2, left - (http * FilesOfRequest)));
        http = Math.Min(http, (left - dicom) / FilesOfRequest);
        int associations = (int)Math.Min(options.MaxAssociations, dicom * 4 / 5);
        int waiting = (int)Math.Min(options.DicomLimits.MaxWaiting, dicom - associations);
        advice = string.Create(
            CultureInfo.InvariantCulture,
            $"This process may have {limit} files open, so it takes {http} HTTP connections (Http:MaxConnections), {associations} associations (Dicom:MaxAssociations) and {waiting} connections without one (Dicom:MaxWaiting) at a time: for more, raise its limit of open files (ulimit -n, LimitNOFILE of systemd, --ulimit nofile of a container)");
        return options with
        {
            MaxAssociations = associations,
            DicomLimits = options.DicomLimits with { MaxWaiting = waiting },
            Limits = options.Limits with { Connections = (int)http },
        };
    }

    /// <summary>Connections of all doors together, with those that are being turned away.</summary>
    public static int MostConnections(RecordHubOptions options) => (int)Math.Min(int.MaxValue,
        (long)options.MaxAssociations + options.DicomLimits.MaxWaiting + options.Limits.Connections + BeingClosed);
}
