using System.Diagnostics.CodeAnalysis;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Dictionary;

/// <summary>The data dictionary (PS3.6 §6, §7, §8 and PS3.7 Annex E), repeating groups included.</summary>
/// <remarks>A private element is in no dictionary: its representation is UN, its creator's LO (PS3.5 §7.8.1).</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The standard's word, PS3.6.")]
public static class DicomDictionary
{
    /// <summary>Number of lines in the dictionary.</summary>
    public static int Count => DictionaryTable.Count;

    /// <summary>
    /// The representation of an element; UN for what is unknown or private. Where the standard allows two, the signed
    /// one is taken if <paramref name="signedPixels"/> (Pixel Representation 1), and OW (PS3.5 §A.1).
    /// </summary>
    public static DicomVr VrOf(DicomTag tag, bool signedPixels = false)
    {
        if (tag.IsGroupLength)
        {
            return DicomVr.UL;
        }

        if (tag.IsPrivate)
        {
            return tag.IsPrivateCreator ? DicomVr.LO : DicomVr.UN;
        }

        // Curves of the repeating groups 50xx, retired, are bytes in implicit VR (PS3.5-2004 §A.1).
        if (tag is { Element: 0x3000, Group: >= 0x5000 and <= 0x50FF })
        {
            return DicomVr.OB;
        }

        int line = DictionaryTable.LineOf(tag.Value);
        return line < 0 ? DicomVr.UN : DictionaryTable.VrAt(line, signedPixels);
    }

    /// <summary>Whether the standard has a line for the element.</summary>
    public static bool IsKnown(DicomTag tag) => !tag.IsPrivate && DictionaryTable.LineOf(tag.Value) >= 0;

    /// <summary>The element's line, or false when the standard has none.</summary>
    public static bool TryGet(DicomTag tag, out DictionaryEntry entry)
    {
        int line = tag.IsPrivate ? -1 : DictionaryTable.LineOf(tag.Value);
        entry = line < 0 ? s_unknown : DictionaryTable.EntryAt(line, tag);
        return line >= 0;
    }

    /// <summary>The tag of a keyword such as <c>PatientName</c>; the first of a repeating group.</summary>
    public static bool TryGetTag(string keyword, out DicomTag tag)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        return DictionaryTable.TryFindKeyword(keyword, out tag);
    }

    /// <summary>The keyword, or empty.</summary>
    public static string KeywordOf(DicomTag tag) => TryGet(tag, out DictionaryEntry entry) ? entry.Keyword : string.Empty;

    /// <summary>The name, or what kind of unknown element it is.</summary>
    public static string NameOf(DicomTag tag)
    {
        if (TryGet(tag, out DictionaryEntry entry))
        {
            return entry.Name;
        }

        return tag switch
        {
            { IsGroupLength: true } => "Generic Group Length",
            { IsPrivateCreator: true } => "Private Creator",
            { IsPrivate: true } => "Private Element",
            _ => "Unknown Element",
        };
    }

    private static readonly DictionaryEntry s_unknown =
        new(default, DicomVr.UN, "1-n", string.Empty, string.Empty, false);
}
