using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Files for a peer to send, in a folder that goes with the test.</summary>
internal sealed class DcmtkFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-dcmtk-").FullName;

    /// <summary>Secondary Capture.</summary>
    public static Uid SopClass { get; } = Uid.Parse("1.2.840.10008.5.1.4.1.1.7");

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Writes an instance of 8-bit grey pixels; its bytes.</summary>
    public byte[] Write(string name, string syntax, int number, int size = 8)
    {
        TransferSyntax transferSyntax = TransferSyntax.Of(Uid.Parse(syntax));
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, SopClass.ToString())
            .Add(DicomTags.SOPInstanceUID, $"2.25.{number}")
            .Add(DicomTags.StudyInstanceUID, "2.25.1000")
            .Add(DicomTags.SeriesInstanceUID, "2.25.1001")
            .Add(DicomTags.Modality, "OT")
            .Add(DicomTags.PatientID, "SYNTHETIC")
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.Rows, size)
            .Add(DicomTags.Columns, size)
            .Add(DicomTags.BitsAllocated, 8)
            .Add(DicomTags.BitsStored, 8)
            .Add(DicomTags.HighBit, 7)
            .Add(DicomTags.PixelRepresentation, 0);
        byte[] pixels = new byte[size * size];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((long)i * number % 256);
        }

        dataSet = transferSyntax.IsEncapsulated
            ? dataSet.AddFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, pixels)
            : dataSet.Add(DicomTags.PixelData, DicomVr.OW, pixels);
        byte[] file = DicomFileWriter.ToBytes(dataSet, transferSyntax);
        File.WriteAllBytes(PathOf(name), file);
        return file;
    }

    public static byte[] DataSetOf(byte[] file) => file[(int)DicomFile.ReadHeader(file).DataSetOffset..];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
