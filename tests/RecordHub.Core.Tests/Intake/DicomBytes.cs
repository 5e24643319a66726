using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Tests.Intake;

/// <summary>Small DICOM files.</summary>
internal static class DicomBytes
{
    internal const string CtImage = "1.2.840.10008.5.1.4.1.1.2";
    internal const string Instance = "1.2.826.0.1.3680043.8.498.1";

    internal static byte[] File(
        string sopClass = CtImage, string? instance = Instance, int pixels = 1000, string? study = null, string? series = null)
    {
        byte[] dataSet = DataSet(sopClass, instance, pixels, study, series);
        return [.. Meta(sopClass), .. dataSet];
    }

    internal static byte[] DataSet(
        string sopClass = CtImage, string? instance = Instance, int pixels = 1000, string? study = null, string? series = null)
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, sopClass)
            .Add(DicomTags.PatientID, "1")
            .Add(DicomTags.PixelData, DicomVr.OW, new byte[pixels]);
        if (instance is not null)
        {
            dataSet.Add(DicomTags.SOPInstanceUID, instance);
        }

        if (study is not null)
        {
            dataSet.Add(DicomTags.StudyInstanceUID, study);
        }

        if (series is not null)
        {
            dataSet.Add(DicomTags.SeriesInstanceUID, series);
        }

        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, TransferSyntax.ExplicitLittleEndian);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Preamble, prefix and file meta information, as a sender's or our own.</summary>
    internal static byte[] Meta(string sopClass = CtImage, string? sender = null)
    {
        ArrayBufferWriter<byte> meta = new();
        FileMetaWriter.Write(meta, Uid.Parse(sopClass), Uid.Parse(Instance), TransferSyntax.ExplicitLittleEndian.Uid, sender);
        return meta.WrittenSpan.ToArray();
    }

    internal static int DataSetOffset(byte[] file)
    {
        using DicomHeaderReader reader = new();
        reader.Write(file);
        return (int)reader.Complete().DataSetOffset;
    }
}
