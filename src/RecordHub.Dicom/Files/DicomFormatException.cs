namespace RecordHub.Dicom.Files;

/// <summary>Bytes that cannot be understood as a DICOM data set; the only exception that a reader throws on its input.</summary>
/// <remarks>Never carries a value of the data set.</remarks>
public sealed class DicomFormatException : Exception
{
    public DicomFormatException()
        : this(FormatFailure.NotDicom, 0)
    {
    }

    public DicomFormatException(string message)
        : base(message)
    {
    }

    public DicomFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public DicomFormatException(FormatFailure failure, long offset)
        : base($"{Describe(failure)} (byte {offset}).")
    {
        Failure = failure;
        Offset = offset;
    }

    public FormatFailure Failure { get; }

    /// <summary>Where in the input, counted from its first byte.</summary>
    public long Offset { get; }

    private static string Describe(FormatFailure failure) => failure switch
    {
        FormatFailure.Empty => "There is nothing to read",
        FormatFailure.NestingTooDeep => "Sequences are nested deeper than allowed",
        FormatFailure.InvalidJson => "This is not DICOM JSON",
        FormatFailure.InvalidXml => "This is not the native DICOM model in XML",
        FormatFailure.TooLarge => "The data set is larger than allowed",
        _ => "This is not DICOM",
    };
}
