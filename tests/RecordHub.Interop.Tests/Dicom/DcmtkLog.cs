namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Has a tool of DCMTK write what it does, message by message, to a file.</summary>
internal static class DcmtkLog
{
    /// <summary>Writes the configuration that its option <c>-lc</c> takes; the path.</summary>
    public static async Task<string> ConfigureAsync(string folder, string log, CancellationToken token)
    {
        string configuration = Path.Combine(folder, "log.cfg");
        await File.WriteAllTextAsync(configuration,
            $"""
            log4cplus.rootLogger = DEBUG, file
            log4cplus.appender.file = log4cplus::FileAppender
            log4cplus.appender.file.File = {log}
            log4cplus.appender.file.ImmediateFlush = true
            log4cplus.appender.file.layout = log4cplus::PatternLayout
            log4cplus.appender.file.layout.ConversionPattern = %m%n
            """, token);
        return configuration;
    }
}
