using System.Globalization;
using System.Xml;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Xml;

/// <summary>What stands in the start tag of a DicomAttribute (PS3.19 Table A.1.5-2).</summary>
internal static class XmlAttributes
{
    public static void Write(XmlWriter xml, DicomTag tag, string? vr, PrivateBlocks blocks)
    {
        (string? creator, bool isOnly) = blocks.Of(tag);

        // Of a second block of the same creator the tag keeps its block: without it two elements would be one.
        uint written = creator is not null && isOnly ? tag.Value & 0xFFFF_00FF : tag.Value;
        xml.WriteStartElement("DicomAttribute", DicomXmlWriter.Namespace);
        xml.WriteAttributeString("tag", written.ToString("X8", CultureInfo.InvariantCulture));
        if (vr is not null)
        {
            xml.WriteAttributeString("vr", vr);
        }

        if (DicomDictionary.KeywordOf(tag) is { Length: > 0 } keyword)
        {
            xml.WriteAttributeString("keyword", keyword);
        }

        if (creator is not null)
        {
            xml.WriteAttributeString("privateCreator", XmlText.Clean(creator));
        }
    }

    /// <summary>Reads tag and representation; false when they are none.</summary>
    public static bool TryRead(XmlReader xml, DicomDataSet dataSet, PrivateBlocks blocks, out DicomTag tag, out DicomVr vr)
    {
        vr = DicomVr.None;
        if (!DicomTag.TryParse(xml.GetAttribute("tag"), out tag))
        {
            return false;
        }

        if (tag.IsPrivate && tag.Element <= 0xFF && xml.GetAttribute("privateCreator") is { Length: > 0 } creator)
        {
            int block = blocks.Reserve(dataSet, tag.Group, creator);
            if (block == 0)
            {
                return false;
            }

            tag = new DicomTag(tag.Group, (ushort)((block << 8) | tag.Element));
        }

        string? written = xml.GetAttribute("vr");
        vr = DicomDictionary.VrOf(tag);
        return written is null || (written.Length == 2
            && char.IsAscii(written[0]) && char.IsAscii(written[1])
            && DicomVrExtensions.TryParse((byte)written[0], (byte)written[1], out vr));
    }
}
