using System.Text;

namespace RecordHub.Samples.Documents;

/// <summary>Letters and reports as people write them: Word, PDF, plain text.</summary>
internal static class SampleLetters
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static IEnumerable<SampleFile> Create(SamplePatient patient)
    {
        yield return File("st-mary/pathology-report.docx", Word, SampleDocx.Create(
            "Pathology report", patient, SampleHospital.StMary,
            [
                "Date: 2026-03-20",
                "Specimen: CT-guided core biopsy of the left lower lobe, received 2026-03-18.",
                "Diagnosis: adenocarcinoma of the lung, acinar pattern. TTF-1 positive, p40 negative.",
                "Comment: PD-L1 60 percent. Molecular testing has been asked for.",
            ]));
        yield return File("st-mary/discharge-summary.pdf", "application/pdf", SamplePdf.Create(
            "Discharge summary", patient, SampleHospital.StMary,
            [
                "Date: 2026-03-22",
                "Admitted 2026-03-17 for biopsy of a nodule in the left lower lobe. No pneumothorax.",
                "Plan: discussion in the tumour board; the patient wishes a second opinion.",
            ]));
        yield return File("lakeside/operation-note.pdf", "application/pdf", SamplePdf.Create(
            "Operative note", patient, SampleHospital.Lakeside,
            [
                "Date: 2019-06-12",
                "Laparoscopic cholecystectomy, uneventful. Clips: titanium, MR conditional.",
            ]));
        yield return File("lakeside/arztbrief.txt", "text/plain", Encoding.UTF8.GetBytes(
            $"""
            Arztbrief

            Patient: {patient.Family}, {patient.Given}
            Geburtsdatum: {patient.BirthDateIso}
            Datum: 2025-03-04

            Sehr geehrte Frau Kollegin,
            im linken Unterlappen fällt ein Rundherd von 9 mm auf. Früher geraucht (20 Packungsjahre), kein Asbest.
            Wir empfehlen eine Kontrolle in drei Monaten. Der Patientin geht es gut; Müdigkeit wird verneint.

            Mit freundlichen Grüßen
            Dr. Exemplar, {SampleHospital.Lakeside.Name}

            """));
    }

    private static SampleFile File(string path, string mediaType, byte[] content) =>
        new(path, mediaType, content, SampleDoor.Import, SampleOutcome.Filed);
}
