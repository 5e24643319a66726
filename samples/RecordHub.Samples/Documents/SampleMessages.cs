using System.Text;

namespace RecordHub.Samples.Documents;

/// <summary>HL7 version 2 messages: a result with a PDF inside, and a referral letter.</summary>
internal static class SampleMessages
{
    private const string MediaType = "x-application/hl7-v2+er7";

    public static IEnumerable<SampleFile> Create(SampleRandom random, SamplePatient patient)
    {
        SampleHospital hospital = SampleHospital.StMary;
        string pdf = Convert.ToBase64String(SamplePdf.Create(
            "Laboratory report", patient, hospital, ["Tumour markers of 2026-03-18.", "CEA 7.9 ng/mL, CYFRA 21-1 4.4 ng/mL."]));
        yield return File("st-mary/laboratory.hl7",
            Header(random, "ORU^R01", "20260318093000"),
            Patient(patient, hospital),
            "PV1|1|I|PNEU^12^1",
            "OBR|1|P7781|F7781|24323-8^Comprehensive metabolic panel^LN|||20260318080000|||||||||||||||20260318093000||LAB|F",
            "OBX|1|NM|2039-6^CEA^LN||7.9|ng/mL|0-5|H|||F|||20260318080000",
            "OBX|2|NM|2160-0^Creatinine^LN||0.9|mg/dL|0.5-1.1|N|||F|||20260318080000",
            "OBX|3|NM|718-7^Hemoglobin^LN||12.8|g/dL|12-16|N|||F|||20260318080000",
            $"OBX|4|ED|11502-2^Laboratory report^LN||^application^pdf^Base64^{pdf}||||||F");
        yield return File("st-mary/referral.hl7",
            Header(random, "MDM^T02", "20260324110000"),
            "EVN|T02|20260324110000",
            Patient(patient, hospital),
            "PV1|1|O",
            "TXA|1|57133-1^Referral note^LN|TX|20260324110000|1234^Exemplar^Doctora|||||||REF-26-0324||||AU",
            "OBX|1|TX|57133-1^Referral note^LN||Referral for a second opinion after biopsy of the left lower lobe.||||||F",
            "OBX|2|TX|57133-1^Referral note^LN||Plan: lobectomy is being considered\\R\\Systemic treatment has not begun.||||||F");
    }

    private static string Header(SampleRandom random, string type, string at) =>
        $"MSH|^~\\&|SAMPLES|{SampleHospital.StMary.AeTitle}|RECORDHUB||{at}||{type}|{random.Next(1_000_000)}|P|2.5.1||||||UNICODE UTF-8";

    private static string Patient(SamplePatient patient, SampleHospital hospital) =>
        $"PID|1||{patient.RecordNumbers[hospital]}^^^{hospital.AeTitle}&{hospital.Issuer["urn:oid:".Length..]}&ISO^MR"
        + $"||{patient.NameWithCarets}||{patient.BirthDateDigits}|{patient.Sex}";

    private static SampleFile File(string path, params ReadOnlySpan<string> segments) => new(
        path, MediaType, Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r"), SampleDoor.Import, SampleOutcome.Filed);
}
