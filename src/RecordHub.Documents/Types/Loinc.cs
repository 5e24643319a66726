namespace RecordHub.Documents.Types;

/// <summary>The LOINC document codes that this room hands out.</summary>
internal static class Loinc
{
    public const string CodeSystem = "2.16.840.1.113883.6.1";
    public const string Pathology = "11526-1";
    public const string DischargeSummary = "18842-5";
    public const string Operative = "11504-8";
    public const string DiagnosticImaging = "18748-4";
    public const string Consultation = "11488-4";
    public const string HistoryAndPhysical = "34117-2";
    public const string Progress = "11506-3";
    public const string Procedure = "28570-0";
    public const string Transfer = "18761-7";
    public const string Referral = "57133-1";
    public const string Laboratory = "11502-2";
    public const string Emergency = "34111-5";
    public const string Ecg = "11524-6";
    public const string CardiacCatheterization = "18745-0";
    public const string Genetics = "51969-4";
    public const string Echo = "42148-7";
    public const string CarePlan = "18776-5";
    public const string Consent = "59284-0";
    public const string MedicationList = "10160-0";
    public const string Immunization = "11369-6";
    public const string ContinuityOfCare = "34133-9";
    public const string Allergies = "48765-2";
    public const string Problems = "11450-4";
    public const string Procedures = "47519-4";
}
