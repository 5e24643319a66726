using System.Text.Json;
using System.Xml;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Xml;

/// <summary>Persons' names in the Native DICOM Model (PS3.19 Table A.1.5-3): groups, and in them components.</summary>
internal static class XmlNames
{
    private static readonly string[] s_groups = ["Alphabetic", "Ideographic", "Phonetic"];
    private static readonly string[] s_components = ["FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"];

    /// <summary>Whether the object that begins here is a name, and not an item.</summary>
    public static bool IsName(Utf8JsonReader ahead) =>
        ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && Array.IndexOf(s_groups, ahead.GetString()) >= 0;

    public static void Write(ref Utf8JsonReader json, XmlWriter xml)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string? group = json.GetString();
            json.Read();
            if (group is null || Array.IndexOf(s_groups, group) < 0 || json.GetString() is not { } text)
            {
                json.Skip();
                continue;
            }

            xml.WriteStartElement(group, DicomXmlWriter.Namespace);
            string[] components = text.Split('^', s_components.Length);
            for (int i = 0; i < components.Length; i++)
            {
                // The last one is written even when it is empty: it says how many there are.
                if (components[i].Length > 0 || i == components.Length - 1)
                {
                    xml.WriteElementString(s_components[i], DicomXmlWriter.Namespace, XmlText.Clean(components[i]));
                }
            }

            xml.WriteEndElement();
        }
    }

    /// <summary>Reads the name at whose element the reader stands, and passes its end.</summary>
    public static string Read(XmlReader xml)
    {
        string[] groups = [string.Empty, string.Empty, string.Empty];
        foreach (string group in XmlChildren.Of(xml))
        {
            if (Array.IndexOf(s_groups, group) is >= 0 and int index)
            {
                groups[index] = Group(xml);
            }
            else
            {
                xml.Skip();
            }
        }

        return new PersonName(groups[0], groups[1], groups[2]).ToDicom();
    }

    private static string Group(XmlReader xml)
    {
        string[] components = [string.Empty, string.Empty, string.Empty, string.Empty, string.Empty];
        int count = 0;
        foreach (string component in XmlChildren.Of(xml))
        {
            if (Array.IndexOf(s_components, component) is >= 0 and int index)
            {
                components[index] = xml.ReadElementContentAsString();
                count = Math.Max(count, index + 1);
            }
            else
            {
                xml.Skip();
            }
        }

        return string.Join('^', components, 0, count);
    }
}
