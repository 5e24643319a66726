using System.Diagnostics.CodeAnalysis;
using System.Xml;

namespace RecordHub.Dicom.Xml;

/// <summary>Text that XML can hold.</summary>
internal static class XmlText
{
    /// <summary>The text with U+FFFD for each character that XML 1.0 does not have, such as ESC.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null || IsClean(text))
        {
            return text;
        }

        return string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                bool isPair = i + 1 < source.Length && char.IsSurrogatePair(source[i], source[i + 1]);
                target[i] = isPair || XmlConvert.IsXmlChar(source[i]) ? source[i] : '\uFFFD';
                if (isPair)
                {
                    target[++i] = source[i];
                }
            }
        });
    }

    private static bool IsClean(string text)
    {
        foreach (char next in text)
        {
            if (!XmlConvert.IsXmlChar(next))
            {
                return false;
            }
        }

        return true;
    }
}
