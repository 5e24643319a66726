using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>Data sets made here, and what two readings of one input are compared by.</summary>
internal static class SampleData
{
    public static readonly TransferSyntax[] Native =
    [
        TransferSyntax.ExplicitLittleEndian, TransferSyntax.ImplicitLittleEndian,
        TransferSyntax.ExplicitBigEndian, TransferSyntax.DeflatedExplicitLittleEndian,
    ];

    public static DicomDataSet Image() => new DicomDataSet()
        .Add(DicomTags.SpecificCharacterSet, "ISO_IR 100")
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse("2.25.1"))
        .Add(DicomTags.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .Add(DicomTags.PatientName, "Müller^Jürgen")
        .Add(DicomTags.PatientID, "P1")
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.2"))
        .Add(DicomTags.SeriesNumber, 3)
        .Add(DicomTags.ReferencedImageSequence, Reference("2.25.3"), new DicomDataSet(), Reference("2.25.4"))
        .Add(DicomTags.Rows, 4)
        .Add(DicomTags.Columns, 4)
        .Add(DicomTags.BitsAllocated, 16)
        .Add(DicomTags.PixelRepresentation, 1)
        .Add(DicomTags.SmallestImagePixelValue, DicomVr.SS, Raw.UInt16(0xFFFE))
        .Add(DicomTags.WindowCenter, 40.5, -3)
        .Add(DicomTags.FrameIncrementPointer, 0x0018_1063)
        .AddText(new DicomTag(0x0029, 0x0010), DicomVr.LO, "MAKER")
        .Add(new DicomTag(0x0029, 0x1001), DicomVr.UN, new byte[] { 1, 2, 3, 4 })
        .Add(DicomTags.PixelData, DicomVr.OW, Enumerable.Range(0, 32).Select(i => (byte)i).ToArray())
        .Add(DicomTags.DataSetTrailingPadding, DicomVr.OB, new byte[4]);

    public static DicomDataSet Encapsulated()
    {
        DicomDataSet image = Image();
        image.AddFragments(
            DicomTags.PixelData, Raw.UInt32(0), new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 }, new byte[] { 1, 2, 3, 4, 5, 6 });
        return image;
    }

    public static byte[] EncapsulatedFile() =>
        DicomFileWriter.ToBytes(Encapsulated(), TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.50")));

    public static string Fingerprint(DicomHeader header)
    {
        using StringWriter text = new();
        DicomDump.Write(text, header);
        text.WriteLine(System.Text.Encoding.UTF8.GetString(DicomJsonWriter.ToUtf8Bytes(header.DataSet)));
        if (header.PixelData is { } pixels)
        {
            text.WriteLine(Convert.ToHexString(pixels.BasicOffsetTable.Span));
            text.WriteLine(string.Join(' ', pixels.Fragments));
        }

        return text.ToString();
    }

    public static DicomHeader Push(ReadOnlySpan<byte> input, int piece, TransferSyntax? syntax = null)
    {
        using DicomHeaderReader reader = new(syntax);
        for (; !input.IsEmpty; input = input[Math.Min(piece, input.Length)..])
        {
            reader.Write(input[..Math.Min(piece, input.Length)]);
        }

        return reader.Complete();
    }

    private static DicomDataSet Reference(string uid) => new DicomDataSet()
        .Add(DicomTags.ReferencedSOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.ReferencedSOPInstanceUID, Uid.Parse(uid))
        .Add(DicomTags.PurposeOfReferenceCodeSequence, new DicomDataSet()
            .Add(DicomTags.CodeValue, "121311")
            .Add(DicomTags.CodeMeaning, "Übersicht"));
}
