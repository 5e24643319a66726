using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>An item of a code sequence (PS3.3 §8.8).</summary>
internal readonly record struct DicomCode(string Scheme, string Value, string? Meaning)
{
    private static readonly DicomTag s_longValue = new(0x0008, 0x0119);
    private static readonly DicomTag s_urnValue = new(0x0008, 0x0120);

    /// <summary>The system as FHIR names it; null when the scheme is not one of those.</summary>
    public string? System => Scheme.Trim() switch
    {
        "LN" => "http://loinc.org",
        "SCT" or "SRT" or "99SDM" or "SNM3" when Value.All(char.IsAsciiDigit) => "http://snomed.info/sct",
        "DCM" => DicomFhir.CodeSystem,
        "UCUM" => "http://unitsofmeasure.org",
        "RADLEX" => "http://radlex.org",
        _ => null,
    };

    /// <summary>The words, or the code when it has none.</summary>
    public string Text => string.IsNullOrWhiteSpace(Meaning) ? Value : Meaning.Trim();

    /// <summary>The first item; null when there is none with a code or a meaning.</summary>
    public static DicomCode? Read(DicomDataSet dataSet, DicomTag sequence)
    {
        foreach (DicomDataSet item in dataSet.GetSequence(sequence))
        {
            string? value = item.GetString(DicomTags.CodeValue) ?? item.GetString(s_longValue) ?? item.GetString(s_urnValue);
            string? meaning = item.GetString(DicomTags.CodeMeaning);
            if (value is not null || meaning is not null)
            {
                return new DicomCode(
                    item.GetString(DicomTags.CodingSchemeDesignator) ?? string.Empty, value ?? string.Empty, meaning);
            }
        }

        return null;
    }

    public override string ToString() => nameof(DicomCode);
}
