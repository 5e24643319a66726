using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Benchmarks.Load;

/// <summary>
/// Writes a multi-frame instance of any length to a file: frames of 1 MiB, 8 bits, not compressed; from 4 GiB on, for which
/// an element has no length (PS3.5 §7.1.2), as fragments of encapsulated pixel data, without an offset table.
/// </summary>
internal static class MultiFrame
{
    private const int Side = 1024;
    private const int FirstEncapsulated = 4096;

    private static readonly byte[] s_item = [0xFE, 0xFF, 0x00, 0xE0];
    private static readonly byte[] s_delimiter = [0xFE, 0xFF, 0xDD, 0xE0];

    public static void Write(string path, int mebibytes, string instance)
    {
        DicomDataSet header = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, InstanceTemplate.SopClass)
            .Add(DicomTags.SOPInstanceUID, Uid.Parse(instance))
            .Add(DicomTags.Modality, "CT").Add(DicomTags.PatientName, "Muster^Erika").Add(DicomTags.PatientID, "M1")
            .Add(DicomTags.IssuerOfPatientID, "urn:north").Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(instance + ".1")).Add(DicomTags.SeriesInstanceUID, Uid.Parse(instance + ".1.1"))
            .Add(DicomTags.SamplesPerPixel, 1).Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.NumberOfFrames, mebibytes.ToString(CultureInfo.InvariantCulture))
            .Add(DicomTags.Rows, Side).Add(DicomTags.Columns, Side).Add(DicomTags.BitsAllocated, 8)
            .Add(DicomTags.BitsStored, 8).Add(DicomTags.HighBit, 7).Add(DicomTags.PixelRepresentation, 0);
        using FileStream file = new(path, FileMode.Create);
        bool encapsulated = mebibytes >= FirstEncapsulated;
        file.Write(DicomFileWriter.ToBytes(
            header, encapsulated ? TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.50")) : TransferSyntax.ExplicitLittleEndian));
        file.Write([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0]);
        file.Write(BitConverter.GetBytes(encapsulated ? uint.MaxValue : (uint)mebibytes * Side * Side));
        if (encapsulated)
        {
            WriteItem(file, s_item, 0);
        }

        byte[] frame = new byte[Side * Side];
        Random noise = new(3);
        for (int i = 0; i < mebibytes; i++)
        {
            noise.NextBytes(frame.AsSpan(0, 4096));
            BitConverter.TryWriteBytes(frame, i);
            if (encapsulated)
            {
                WriteItem(file, s_item, frame.Length);
            }

            file.Write(frame);
        }

        if (encapsulated)
        {
            WriteItem(file, s_delimiter, 0);
        }
    }

    private static void WriteItem(FileStream file, byte[] tag, int length)
    {
        file.Write(tag);
        file.Write(BitConverter.GetBytes(length));
    }
}
