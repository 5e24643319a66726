using RecordHub.Core.Cases;
using RecordHub.Core.Packages;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Resources;

/// <summary>The copy of a stored instance that names its case's patient, made when it leaves; what is stored stays as it came.</summary>
public static class ReconciledInstance
{
    // What is rewritten keeps its long values in the blob; a header beyond this goes out as it came.
    private static readonly DicomReadOptions s_reading = new()
    {
        MaxValueLength = 1024 * 1024,
        MaxKeptBytes = 64 * 1024 * 1024,
    };

    /// <summary>
    /// Writes the copy as a Part 10 file. False, and nothing is written, when the instance names the patient so already, or
    /// cannot be rewritten as a whole: it then goes out as it is stored.
    /// </summary>
    /// <param name="blob">The stored file, from its first byte; seekable.</param>
    /// <param name="patient">The case's patient.</param>
    /// <param name="at">When: it stands in the Original Attributes Sequence.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> WriteAsync(
        Stream blob, CasePatient patient, DateTimeOffset at, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        ArgumentNullException.ThrowIfNull(patient);
        if (await ReadAsync(blob, cancellationToken) is not { } header || Apply(header, patient, at) is not { } changed)
        {
            return false;
        }

        await DicomFileRewriter.WriteAsync(header, changed, blob, target, cancellationToken);
        return true;
    }

    /// <summary>The header with all that a copy needs; null when it cannot be read.</summary>
    internal static async Task<DicomHeader?> ReadAsync(Stream blob, CancellationToken cancellationToken)
    {
        try
        {
            return await DicomFile.ReadHeaderAsync(blob, cancellationToken, s_reading);
        }
        catch (DicomFormatException)
        {
            // It was understood once; as it came it is still worth carrying.
            return null;
        }
    }

    /// <summary>The changed data set; null when it goes out as it is.</summary>
    internal static DicomDataSet? Apply(DicomHeader header, CasePatient patient, DateTimeOffset at) =>
        header.TruncatedAt is null && header.Warnings.All(warning => warning.Tolerance != ReadTolerance.ValuesNotKept)
            ? ReconciledPatient.Apply(header.DataSet, patient, at)
            : null;
}
