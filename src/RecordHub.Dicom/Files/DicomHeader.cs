using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>What was understood of a file or data set.</summary>
public sealed class DicomHeader
{
    /// <summary>Group 2 (PS3.10 §7.1); null for a bare data set.</summary>
    public required DicomDataSet? FileMeta { get; init; }

    public required DicomDataSet DataSet { get; init; }

    /// <summary>The syntax in which the data set was in fact read.</summary>
    public required TransferSyntax TransferSyntax { get; init; }

    /// <summary>The byte of the input where the data set begins.</summary>
    public required long DataSetOffset { get; init; }

    /// <summary>Bytes of input seen.</summary>
    public required long InputLength { get; init; }

    /// <summary>Null when there is no pixel data.</summary>
    public required PixelDataLocation? PixelData { get; init; }

    public required IReadOnlyList<ReadWarning> Warnings { get; init; }

    /// <summary>The byte of the input at which it ended too early or became unreadable; null for a whole one.</summary>
    public required long? TruncatedAt { get; init; }
}
