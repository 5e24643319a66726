using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Tests.Files;
using RecordHub.Dicom.Xml;

namespace RecordHub.Dicom.Tests.Fuzz;

/// <summary>Files, data sets, JSON, XML and text.</summary>
internal static class FileTargets
{
    public static FuzzTarget[] All(IReadOnlyList<byte[]> files)
    {
        byte[][] json = [.. files.Select(Json).OfType<byte[]>()];
        byte[][] xml = [.. files.Select(Xml).OfType<byte[]>()];
        byte[][] dataSets =
        [
            .. SampleData.Native.Select(syntax => DataSet(SampleData.Image(), syntax)),
            DataSet(SampleData.Encapsulated(), TransferSyntax.ExplicitLittleEndian),
        ];
        byte[][] texts =
        [
            "Yamada^Tarou=\e$B;3ED\e(B^\e$BB@O:\e(B"u8.ToArray(), Raw.Text("\e$)C\u00FB\u00F3^\e-L\u00BB\\a=\e)I\u00D4"),
            [0x81, 0x30, 0x81, 0x30, 0x81, 0x5C, 0xE7, 0x8E, 0x8B, 0x1B, 0x24, 0x28, 0x44, 0x30, 0x21],
        ];
        return
        [
            new("file", 52, files, File),
            new("data set", 12, dataSets, BareDataSet),
            new("json", 8, json, (input, _) => FuzzTarget.Read(() => JsonIn(input))),
            new("xml", 6, xml, (input, _) => FuzzTarget.Read(() => XmlIn(input))),
            new("text", 5, texts, Text),
        ];
    }

    private static ValueTask<string> File(byte[] input, Random random) => FuzzTarget.Read(() =>
    {
        DicomHeader header = DicomFile.ReadHeader(input);
        switch (random.Next(16))
        {
            case < 2:
                Check(SampleData.Fingerprint(SampleData.Push(input, random.Next(1, 50))) == SampleData.Fingerprint(header) || IsDamaged(header),
                    "pieces are read as the whole is");
                break;
            case 2:
                RoundTrip(input);
                break;
            case 3:
                Models(header.DataSet);
                break;
        }

        return header.TruncatedAt is null ? "whole" : "partial";
    });

    // What was written as JSON or XML is read as the same.
    private static void Models(DicomDataSet dataSet)
    {
        try
        {
            byte[] json = DicomJsonWriter.ToUtf8Bytes(dataSet);
            byte[] again = DicomJsonWriter.ToUtf8Bytes(DicomJsonReader.Read(json)[0]);
            Check(IsSame(dataSet, json, again), "JSON is read as it was written");
            byte[] xml = DicomXmlWriter.ToUtf8Bytes(dataSet);
            again = DicomXmlWriter.ToUtf8Bytes(DicomXmlReader.Read(xml));
            Check(IsSame(dataSet, xml, again), "XML is read as it was written");
        }
        catch (DicomFormatException refused)
        {
            throw new InvalidOperationException("What was written is refused", refused);
        }
    }

    // Where nothing was declared and it is not ASCII, the second one says that it is UTF-8.
    private static bool IsSame(DicomDataSet dataSet, byte[] once, byte[] twice) =>
        once.AsSpan().SequenceEqual(twice)
        || (!dataSet.Contains(DicomTags.SpecificCharacterSet) && twice.Length > once.Length);

    private static ValueTask<string> BareDataSet(byte[] input, Random random) => FuzzTarget.Read(() =>
        DicomFile.ReadHeader(input, SampleData.Native[random.Next(SampleData.Native.Length)]).TruncatedAt is null ? "whole" : "partial");

    // What was written is read as it was, and written the same again; unless it begins so that it may be big endian.
    private static void RoundTrip(byte[] input)
    {
        DicomDataSet read = DicomFile.ReadHeader(input, options: DicomReadOptions.WholeFile).DataSet;
        if (read.Contains(DicomTags.SOPClassUID) && read.All(element => element.IsLoaded && element.Items.All(item => item.All(inner => inner.IsLoaded && !inner.IsSequence))))
        {
            byte[] once = DataSet(read, TransferSyntax.ExplicitLittleEndian);
            if (once.Length > 0)
            {
                byte[] twice = DataSet(
                    DicomFile.ReadHeader(once, TransferSyntax.ExplicitLittleEndian, DicomReadOptions.WholeFile).DataSet,
                    TransferSyntax.ExplicitLittleEndian);
                Check(once.AsSpan().SequenceEqual(twice), "writing again writes the same");
            }
        }
    }

    private static string JsonIn(byte[] input)
    {
        IReadOnlyList<DicomDataSet> read = DicomJsonReader.Read(input);
        foreach (DicomDataSet dataSet in read)
        {
            DicomJsonWriter.ToUtf8Bytes(dataSet);
        }

        return "read";
    }

    private static string XmlIn(byte[] input)
    {
        DicomXmlWriter.ToUtf8Bytes(DicomXmlReader.Read(input));
        return "read";
    }

    private static ValueTask<string> Text(byte[] input, Random random)
    {
        CharacterSetTerm term = CharacterSetTerm.All[random.Next(CharacterSetTerm.All.Count)];
        CharacterSetTerm other = CharacterSetTerm.All[random.Next(CharacterSetTerm.All.Count)];
        CharacterSet set = CharacterSet.Of(System.Text.Encoding.ASCII.GetBytes($"{term.Name}\\{other.Name}"));
        string text = set.Decode(input, "\\^="u8);
        bool valid = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)) == text;
        Check(valid, "text is valid Unicode");
        return ValueTask.FromResult(text.Contains('\uFFFD', StringComparison.Ordinal) ? "replaced" : "read");
    }

    private static bool IsDamaged(DicomHeader header) =>
        header.Warnings.Any(warning => warning.Tolerance == ReadTolerance.DamagedDeflate);

    private static byte[]? Json(byte[] file) => Header(file) is { } header ? DicomJsonWriter.ToUtf8Bytes(header.DataSet) : null;

    private static byte[]? Xml(byte[] file) => Header(file) is { } header ? DicomXmlWriter.ToUtf8Bytes(header.DataSet) : null;

    private static DicomHeader? Header(byte[] file)
    {
        try
        {
            return DicomFile.ReadHeader(file);
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static byte[] DataSet(DicomDataSet dataSet, TransferSyntax syntax)
    {
        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, syntax);
        return output.WrittenSpan.ToArray();
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }
}
