using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Xml;

/// <summary>Reads the Native DICOM Model (PS3.19 §A.1) as it streams by, with bounded depth and without a DTD.</summary>
/// <remarks>
/// Unknown elements and attributes are passed over, whatever their namespace. A private element whose creator has no
/// block yet gets the first free one. A BulkData is asked for at the caller.
/// </remarks>
public static class DicomXmlReader
{
    private const int MaxDepth = 64;
    private const int MaxGap = 65_536;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads one document.</summary>
    /// <param name="xml">The whole document.</param>
    /// <param name="bulkData">Gives the bytes of a BulkData's uri (or uuid); null leaves the value empty.</param>
    /// <exception cref="DicomFormatException">Not the Native DICOM Model.</exception>
    public static DicomDataSet Read(ReadOnlyMemory<byte> xml, Func<string, ReadOnlyMemory<byte>?>? bulkData = null)
    {
        using MemoryStream stream = MemoryMarshal.TryGetArray(xml, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array ?? [], array.Offset, array.Count, writable: false)
            : new MemoryStream(xml.ToArray());
        try
        {
            // Creating reads the first bytes, to find out their encoding.
            using XmlReader reader = XmlReader.Create(stream, s_settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "NativeDicomModel")
            {
                throw new XmlException();
            }

            DicomDataSet dataSet = DataSet(reader, depth: 0, bulkData);
            return reader.MoveToContent() == XmlNodeType.None ? dataSet : throw new XmlException();
        }
        catch (XmlException invalid)
        {
            throw new DicomFormatException(FormatFailure.InvalidXml, OffsetOf(invalid.LineNumber, xml.Span));
        }
    }

    private static DicomDataSet DataSet(XmlReader xml, int depth, Func<string, ReadOnlyMemory<byte>?>? bulkData)
    {
        if (depth > MaxDepth)
        {
            throw new DicomFormatException(FormatFailure.NestingTooDeep, 0);
        }

        DicomDataSet dataSet = new();
        PrivateBlocks blocks = new();
        foreach (string name in XmlChildren.Of(xml))
        {
            if (name != "DicomAttribute")
            {
                xml.Skip();
                continue;
            }

            if (!XmlAttributes.TryRead(xml, dataSet, blocks, out DicomTag tag, out DicomVr vr))
            {
                throw new XmlException();
            }

            ElementValues values = Values(xml, depth, bulkData);
            if (!values.TryAddTo(dataSet, tag, vr))
            {
                throw new XmlException();
            }

            blocks.Note(tag, values.Texts.Count > 0 ? values.Texts[0] : null);
        }

        return dataSet;
    }

    private static ElementValues Values(XmlReader xml, int depth, Func<string, ReadOnlyMemory<byte>?>? bulkData)
    {
        ElementValues values = new();
        foreach (string name in XmlChildren.Of(xml))
        {
            switch (name)
            {
                case "Item":
                    values.Items.Add(DataSet(xml, depth + 1, bulkData));
                    break;
                case "Value":
                    Put(values.Texts, Number(xml), xml.ReadElementContentAsString());
                    break;
                case "PersonName":
                    Put(values.Texts, Number(xml), XmlNames.Read(xml));
                    break;
                case "InlineBinary":
                    values.Bytes = Base64(xml.ReadElementContentAsString());
                    break;
                case "BulkData":
                    string? link = xml.GetAttribute("uri") ?? xml.GetAttribute("uuid");
                    values.Bytes = bulkData?.Invoke(link ?? string.Empty) ?? ReadOnlyMemory<byte>.Empty;
                    xml.Skip();
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        return values;
    }

    // Where a value stands; zero, which is at the end, when it does not say.
    private static int Number(XmlReader xml)
    {
        string? text = xml.GetAttribute("number");
        if (text is null)
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new XmlException();
    }

    private static void Put(List<string> texts, int number, string text)
    {
        if (number > texts.Count + MaxGap)
        {
            throw new XmlException();
        }

        while (texts.Count < number)
        {
            texts.Add(string.Empty);
        }

        if (number == 0)
        {
            texts.Add(text);
        }
        else
        {
            texts[number - 1] = text;
        }
    }

    private static byte[] Base64(string text)
    {
        byte[] bytes = new byte[text.Length / 4 * 3 + 3];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : throw new XmlException();
    }

    // XML counts lines, where it knows them; the offset is that of the line's first byte.
    private static int OffsetOf(int line, ReadOnlySpan<byte> xml)
    {
        int offset = 0;
        for (; line > 1; line--)
        {
            int end = xml[offset..].IndexOf((byte)'\n');
            offset = end < 0 ? offset : offset + end + 1;
        }

        return offset;
    }
}
