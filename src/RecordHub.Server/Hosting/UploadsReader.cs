using RecordHub.Core.Uploads;

namespace RecordHub.Server.Hosting;

/// <summary>Reads what upload links take. Pure.</summary>
internal static class UploadsReader
{
    // Sums of it stay within 64 bits.
    private const long MostBytes = 1L << 60;
    private const long MostFiles = 1_000_000_000;

    private static readonly UploadRules s_default = new();

    public static UploadRules Read(Settings settings) => new()
    {
        LinkDays = settings.Number("Uploads:LinkDays", s_default.LinkDays, 1, UploadLinkDesk.MostDays),
        FilesPerRequest = settings.Number("Uploads:MaxFilesPerRequest", s_default.FilesPerRequest, 1, 1_000_000),
        FilesPerLink = settings.Number("Uploads:MaxFilesPerLink", s_default.FilesPerLink, 1, MostFiles),
        BytesPerLink = settings.Number("Uploads:MaxBytesPerLink", s_default.BytesPerLink, 1024, MostBytes),
        UnknownPerMinute = settings.Number("Uploads:MaxUnknownPerMinute", s_default.UnknownPerMinute, 1, 1_000_000),
    };
}
