using System.Collections.Frozen;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>The words of the LOINC document codes that records commonly carry.</summary>
internal static class DocumentTypes
{
    public const string System = "http://loinc.org";

    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["10160-0"] = "History of Medication use Narrative",
        ["11369-6"] = "History of Immunization Narrative",
        ["11450-4"] = "Problem list - Reported",
        ["11488-4"] = "Consult note",
        ["11502-2"] = "Laboratory report",
        ["11504-8"] = "Surgical operation note",
        ["11506-3"] = "Progress note",
        ["11524-6"] = "EKG study",
        ["11526-1"] = "Pathology study",
        ["18745-0"] = "Cardiac catheterization study",
        ["18748-4"] = "Diagnostic imaging study",
        ["18761-7"] = "Transfer summary note",
        ["18776-5"] = "Plan of care note",
        ["18842-5"] = "Discharge summary",
        ["28570-0"] = "Procedure note",
        ["34111-5"] = "Emergency department Note",
        ["34117-2"] = "History and physical note",
        ["34133-9"] = "Summary of episode note",
        ["42148-7"] = "US Heart",
        ["47519-4"] = "History of Procedures Document",
        ["48765-2"] = "Allergies and adverse reactions Document",
        ["51969-4"] = "Genetic analysis report",
        ["57133-1"] = "Referral note",
        ["59284-0"] = "Consent Document",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static (string? System, string Code, string? Display)? Loinc(string? code) =>
        string.IsNullOrWhiteSpace(code) ? null : (System, code, Name(code));

    public static string? Name(string? code) => code is null ? null : s_names.GetValueOrDefault(code);
}
