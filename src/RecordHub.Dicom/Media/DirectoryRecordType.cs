using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Media;

/// <summary>Which kind of directory record refers to an instance (PS3.3 Table F.4-1 and §F.5).</summary>
internal static class DirectoryRecordType
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.";

    // The longest beginning decides; what is in none of them and has pixels, or is called an image, is one.
    private static readonly (string Prefix, string Type)[] s_types =
    [
        (Storage + "4.2", "SPECTROSCOPY"),
        (Storage + "9.", "WAVEFORM"),
        (Storage + "9.100.", string.Empty),
        (Storage + "11.", "PRESENTATION"),
        (Storage + "66", "RAW DATA"),
        (Storage + "66.1", "REGISTRATION"),
        (Storage + "66.2", "FIDUCIAL"),
        (Storage + "66.3", "REGISTRATION"),
        (Storage + "66.4", "IMAGE"),
        (Storage + "66.5", "SURFACE"),
        (Storage + "66.6", "TRACT"),
        (Storage + "66.7", "IMAGE"),
        (Storage + "66.8", "IMAGE"),
        (Storage + "67", "VALUE MAP"),
        (Storage + "68.", "SURFACE SCAN"),
        (Storage + "77.1.5.3", "STEREOMETRIC"),
        (Storage + "78.", "MEASUREMENT"),
        (Storage + "79.1", "MEASUREMENT"),
        (Storage + "80.1", "MEASUREMENT"),
        (Storage + "88.", "SR DOCUMENT"),
        (Storage + "88.59", "KEY OBJECT DOC"),
        (Storage + "90.1", "ASSESSMENT"),
        (Storage + "91.1", "ANNOTATION"),
        (Storage + "104.", "ENCAP DOC"),
        (Storage + "131", "PRESENTATION"),
        (Storage + "200.", string.Empty),
        (Storage + "481.", "RADIOTHERAPY"),
        (Storage + "481.1", "IMAGE"),
        (Storage + "481.2", "RT DOSE"),
        (Storage + "481.3", "RT STRUCTURE SET"),
        (Storage + "481.4", "RT TREAT RECORD"),
        (Storage + "481.5", "RT PLAN"),
        (Storage + "481.6", "RT TREAT RECORD"),
        (Storage + "481.7", "RT TREAT RECORD"),
        (Storage + "481.8", "RT PLAN"),
        (Storage + "481.9", "RT TREAT RECORD"),
        (Storage + "481.23", "IMAGE"),
        (Storage + "481.24", "IMAGE"),
        ("1.2.840.10008.5.1.4.38.1", "HANGING PROTOCOL"),
        ("1.2.840.10008.5.1.4.39.1", "PALETTE"),
        ("1.2.840.10008.5.1.4.43.1", "IMPLANT"),
        ("1.2.840.10008.5.1.4.44.1", "IMPLANT ASSY"),
        ("1.2.840.10008.5.1.4.45.1", "IMPLANT GROUP"),
    ];

    /// <summary>The type; empty for an instance that has no place in a directory.</summary>
    public static string Of(Uid sopClass, bool hasPixels)
    {
        string uid = sopClass.ToString();
        string? type = null;
        int longest = 0;
        foreach ((string prefix, string name) in s_types)
        {
            bool matches = prefix.EndsWith('.')
                ? uid.StartsWith(prefix, StringComparison.Ordinal)
                : uid == prefix;
            if (matches && prefix.Length > longest)
            {
                (type, longest) = (name, prefix.Length);
            }
        }

        bool isImage = hasPixels || UidDictionary.NameOf(sopClass).Contains("Image Storage", StringComparison.Ordinal);
        return type ?? (isImage ? "IMAGE" : string.Empty);
    }

    /// <summary>Whether the record stands at the root: it belongs to no patient.</summary>
    public static bool IsOfNobody(string type) =>
        type is "HANGING PROTOCOL" or "PALETTE" or "IMPLANT" or "IMPLANT ASSY" or "IMPLANT GROUP";
}
