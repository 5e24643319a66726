using RecordHub.Documents.Types;

namespace RecordHub.Documents.Hl7;

/// <summary>HL7 tables that name a document's type.</summary>
internal static class Hl7Tables
{
    /// <summary>Table 0270, document type (TXA-2).</summary>
    public static (string Text, string? Loinc)? DocumentType(string? code) => code?.ToUpperInvariant() switch
    {
        "AR" => ("Autopsy report", "18743-5"),
        "CD" => ("Cardiodiagnostics", null),
        "CN" => ("Consultation", Loinc.Consultation),
        "DI" => ("Diagnostic imaging", Loinc.DiagnosticImaging),
        "DS" => ("Discharge summary", Loinc.DischargeSummary),
        "ED" => ("Emergency department report", Loinc.Emergency),
        "HP" => ("History and physical examination", Loinc.HistoryAndPhysical),
        "OP" => ("Operative report", Loinc.Operative),
        "PC" => ("Psychiatric consultation", null),
        "PH" => ("Psychiatric history and physical examination", null),
        "PN" => ("Procedure note", Loinc.Procedure),
        "PR" => ("Progress note", Loinc.Progress),
        "SP" => ("Surgical pathology", Loinc.Pathology),
        "TS" => ("Transfer summary", Loinc.Transfer),
        _ => null,
    };

    /// <summary>Table 0074, diagnostic service section (OBR-24).</summary>
    public static string? Section(string? code) => code?.ToUpperInvariant() switch
    {
        "RAD" or "RX" or "CT" or "CUS" or "NMR" or "NMS" or "OUS" or "RUS" or "VUS" or "XRC" => Loinc.DiagnosticImaging,
        "LAB" or "CH" or "HM" or "MB" or "BLB" or "IMM" or "TX" or "SR" or "VR" or "MCB" or "MYC" or "BG" => Loinc.Laboratory,
        "SP" or "CP" or "PAT" => Loinc.Pathology,
        "EC" => Loinc.Ecg,
        "GE" => Loinc.Genetics,
        _ => null,
    };

    /// <summary>Whether a coding system name (table 0396) or OID means LOINC.</summary>
    public static bool IsLoinc(string? system) =>
        system?.ToUpperInvariant() is "LN" or "LOINC" or "HTTP://LOINC.ORG" or Loinc.CodeSystem;
}
