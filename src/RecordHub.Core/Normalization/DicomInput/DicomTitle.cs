using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>What an instance is, in words without a patient's name.</summary>
internal static class DicomTitle
{
    public static string Of(string sopClass, string? modality)
    {
        if (SopClasses.IsDoseReport(sopClass))
        {
            return "Radiation dose report";
        }

        if (sopClass == SopClasses.KeyObjectSelection)
        {
            return "Key images";
        }

        if (SopClasses.IsStructuredReport(sopClass))
        {
            return "Structured report";
        }

        string name = Uid.TryParse(sopClass, out Uid uid) ? UidDictionary.NameOf(uid) : sopClass;
        if (name == sopClass)
        {
            return string.IsNullOrWhiteSpace(modality) ? "DICOM instance" : $"{Word(modality)} instance";
        }

        int storage = name.IndexOf(" Storage", StringComparison.Ordinal);
        return Words(storage < 0 ? name : name[..storage]);
    }

    // "Digital X-Ray Image" reads better as "Digital X-Ray image": only the noun at the end is lowered.
    private static string Words(string name) =>
        name.EndsWith(" Image", StringComparison.Ordinal) ? name[..^5] + "image" : name;

    // The modality is the sender's text; anything but a code of the standard's form is left out of a title.
    private static string Word(string modality)
    {
        string code = modality.Trim();
        return code.Length <= 16 && code.All(char.IsAsciiLetterOrDigit) ? code : "DICOM";
    }
}
