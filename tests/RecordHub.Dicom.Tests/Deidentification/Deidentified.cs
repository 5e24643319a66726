using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>De-identifies files in memory as the command does on disk.</summary>
internal static class Deidentified
{
    public static readonly DeidentificationKey Key = DeidentificationKey.Of("a key for tests only"u8);

    public static DeidentificationOptions With(params ConfidentialityOption[] options) =>
        new() { Key = Key, Options = options.ToHashSet() };

    /// <summary>The new file; null when it was refused.</summary>
    public static async Task<byte[]?> FileAsync(byte[] file, DeidentificationOptions options)
    {
        using MemoryStream input = new(file);
        return await FileAsync(input, options);
    }

    /// <summary>The new file; null when it was refused.</summary>
    public static async Task<byte[]?> FileAsync(Stream input, DeidentificationOptions options)
    {
        DicomHeader header = await DicomFile.ReadHeaderAsync(input, CancellationToken.None, Deidentifier.ReadOptions);
        if (Deidentifier.Apply(header, options) is not DeidentificationOutcome.Done done)
        {
            return null;
        }

        using MemoryStream output = new();
        await DicomFileRewriter.WriteAsync(header, done.DataSet, input, output, CancellationToken.None, done.Pixels);
        return output.ToArray();
    }

    public static DicomDataSet DataSet(DicomDataSet source, params ConfidentialityOption[] options) =>
        Done(source, With(options)).DataSet;

    public static DeidentificationOutcome.Done Done(DicomDataSet source, DeidentificationOptions options) =>
        (DeidentificationOutcome.Done)Apply(source, options);

    public static DeidentificationOutcome Apply(DicomDataSet source, DeidentificationOptions options) =>
        Deidentifier.Apply(DicomFile.ReadHeader(DicomFileWriter.ToBytes(source)), options);
}
