using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Understands a header while its bytes go by; memory does not grow with the pixels.</summary>
public sealed class DicomHeaderReader
{
    /// <param name="dataSetSyntax">Given for a bare data set from the network; null: file, or find out.</param>
    public DicomHeaderReader(TransferSyntax? dataSetSyntax = null, DicomReadOptions? options = null)
    {
    }

    /// <summary>Takes the next bytes of the input, in pieces of any size.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public void Write(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Says that the input has ended and gives what was understood.</summary>
    /// <exception cref="DicomFormatException">The input is no DICOM.</exception>
    public DicomHeader Complete() => throw new NotImplementedException();
}
