using System.Xml;

namespace RecordHub.Dicom.Xml;

/// <summary>Goes through the children of an element.</summary>
internal static class XmlChildren
{
    /// <summary>
    /// Gives the local name of each child while the reader stands at it: who asks reads or skips it. After the last one
    /// the reader is behind the element.
    /// </summary>
    /// <exception cref="XmlException">There is text where only elements belong.</exception>
    public static IEnumerable<string> Of(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            yield break;
        }

        xml.ReadStartElement();
        while (xml.MoveToContent() == XmlNodeType.Element)
        {
            yield return xml.LocalName;
        }

        xml.ReadEndElement();
    }
}
