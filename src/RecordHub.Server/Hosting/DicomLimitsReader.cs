using RecordHub.Server.Dicom;

namespace RecordHub.Server.Hosting;

/// <summary>Reads the limits of the DICOM door. Pure.</summary>
internal static class DicomLimitsReader
{
    private static readonly DicomLimits s_default = new();

    public static DicomLimits Read(Settings settings) => new()
    {
        MaxWaiting = settings.Number("Dicom:MaxWaiting", s_default.MaxWaiting, 1, 1_000_000),
        MaxWaitingPerAddress = settings.Number("Dicom:MaxWaitingPerAddress", s_default.MaxWaitingPerAddress, 1, 1_000_000),
        MaxInstancesInFlight = settings.Number(
            "Dicom:MaxInstancesInFlight", s_default.MaxInstancesInFlight, 1, DicomLimits.MostAssociations),
        MaxBytesInFlight = settings.Number("Dicom:MaxBytesInFlight", s_default.MaxBytesInFlight, 1, long.MaxValue),
        AdmissionWait = Seconds(settings, "Dicom:AdmissionSeconds", s_default.AdmissionWait, 0, 600),
        MaxPduLength = settings.Number(
            "Dicom:MaxPduLength", s_default.MaxPduLength, DicomLimits.LeastPduLength, DicomLimits.MostPduLength),
        Artim = Seconds(settings, "Dicom:ArtimSeconds", s_default.Artim, 1, 3600),
        Idle = Seconds(settings, "Dicom:IdleSeconds", s_default.Idle, 1, 86_400),
        Stall = Seconds(settings, "Dicom:StallSeconds", s_default.Stall, 1, 3600),
        StopGrace = Seconds(settings, "Dicom:StopGraceSeconds", s_default.StopGrace, 0, 600),
        AdditionalSopClasses = OptionsReader.Uids(settings, "Dicom:AdditionalSopClasses"),
        AdditionalTransferSyntaxes = OptionsReader.Uids(settings, "Dicom:AdditionalTransferSyntaxes"),
    };

    private static TimeSpan Seconds(Settings settings, string key, TimeSpan otherwise, int least, int most) =>
        TimeSpan.FromSeconds(settings.Number(key, (int)otherwise.TotalSeconds, least, most));
}
