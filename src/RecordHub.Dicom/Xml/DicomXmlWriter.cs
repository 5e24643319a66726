using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;

namespace RecordHub.Dicom.Xml;

/// <summary>Writes the Native DICOM Model (PS3.19 §A.1), which is the DICOM JSON Model (PS3.18 §F.2) in another syntax.</summary>
/// <remarks>
/// So it is made from that one, member by member: a header that is kept as JSON needs no data set to become XML. Private
/// creators are written too, although each private element names its own. Characters that XML does not have become U+FFFD.
/// </remarks>
public static class DicomXmlWriter
{
    internal const string Namespace = "http://dicom.nema.org/PS3.19/models/NativeDICOM";

    private const int MaxDepth = 256;

    private static readonly XmlWriterSettings s_settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>One data set as a document; IS and DS are written as they stand in it.</summary>
    public static byte[] ToUtf8Bytes(DicomDataSet dataSet, DicomJsonOptions? options = null)
    {
        using MemoryStream output = new();
        Write(output, DicomJsonWriter.ToUtf8Bytes(dataSet, (options ?? DicomJsonOptions.Default) with { DecimalsAsText = true }));
        return output.ToArray();
    }

    /// <summary>One object of the DICOM JSON Model as a document.</summary>
    /// <param name="output">Gets the document in UTF-8; stays open.</param>
    /// <param name="dicomJson">The object, its creators before what is in their blocks.</param>
    /// <param name="bulkDataBase">Stands before each BulkDataURI.</param>
    /// <exception cref="DicomFormatException">Not DICOM JSON.</exception>
    public static void Write(Stream output, ReadOnlySpan<byte> dicomJson, string bulkDataBase = "")
    {
        Utf8JsonReader json = new(dicomJson, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            using XmlWriter xml = XmlWriter.Create(output, s_settings);
            xml.WriteStartElement("NativeDicomModel", Namespace);
            xml.WriteAttributeString("xml", "space", null, "preserve");
            json.Read();
            DataSet(ref json, xml, bulkDataBase);
            xml.WriteEndElement();
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            throw new DicomFormatException(FormatFailure.InvalidJson, json.BytesConsumed);
        }
    }

    private static void DataSet(ref Utf8JsonReader json, XmlWriter xml, string bulkDataBase)
    {
        PrivateBlocks blocks = new();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!DicomTag.TryParse(json.GetString(), out DicomTag tag))
            {
                throw new JsonException();
            }

            json.Read();
            XmlAttributes.Write(xml, tag, Vr(json), blocks);
            Members(ref json, xml, tag, blocks, bulkDataBase);
            xml.WriteEndElement();
        }
    }

    // The representation, which may stand behind the values.
    private static string? Vr(Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            bool found = ahead.ValueTextEquals("vr"u8);
            ahead.Read();
            if (found)
            {
                return ahead.GetString();
            }

            ahead.Skip();
        }

        return null;
    }

    private static void Members(
        ref Utf8JsonReader json, XmlWriter xml, DicomTag tag, PrivateBlocks blocks, string bulkDataBase)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isValue = json.ValueTextEquals("Value"u8);
            bool isBinary = json.ValueTextEquals("InlineBinary"u8);
            bool isLink = json.ValueTextEquals("BulkDataURI"u8);
            json.Read();
            if (isValue)
            {
                string? first = Values(ref json, xml, bulkDataBase);
                blocks.Note(tag, first);
            }
            else if (isBinary)
            {
                xml.WriteElementString("InlineBinary", Namespace, json.GetString());
            }
            else if (isLink)
            {
                xml.WriteStartElement("BulkData", Namespace);
                xml.WriteAttributeString("uri", XmlText.Clean(bulkDataBase + json.GetString()));
                xml.WriteEndElement();
            }
            else
            {
                json.Skip();
            }
        }
    }

    // Gives the first value, if it is a text.
    private static string? Values(ref Utf8JsonReader json, XmlWriter xml, string bulkDataBase)
    {
        string? first = null;
        for (int number = 1; json.Read() && json.TokenType != JsonTokenType.EndArray; number++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                string? text = json.TokenType switch
                {
                    JsonTokenType.String => json.GetString(),
                    JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(json.ValueSpan),
                    JsonTokenType.Null => string.Empty,
                    _ => throw new JsonException(),
                };
                first ??= text;
                Start(xml, "Value", number);
                xml.WriteString(XmlText.Clean(text));
            }
            else if (XmlNames.IsName(json))
            {
                Start(xml, "PersonName", number);
                XmlNames.Write(ref json, xml);
            }
            else
            {
                Start(xml, "Item", number);
                DataSet(ref json, xml, bulkDataBase);
            }

            xml.WriteEndElement();
        }

        return first;
    }

    private static void Start(XmlWriter xml, string name, int number)
    {
        xml.WriteStartElement(name, Namespace);
        xml.WriteAttributeString("number", number.ToString(CultureInfo.InvariantCulture));
    }
}
