using System.Globalization;
using RecordHub.Samples.Documents;

namespace RecordHub.Samples.Imaging;

/// <summary>The studies of the case: chest CT now and a year ago, head MR, each with its report.</summary>
internal static class SampleStudies
{
    private const string Dicom = "application/dicom";

    /// <summary>Sent by the archive of the treating hospital: the CT in question.</summary>
    public static IEnumerable<SampleFile> Archive(SampleRandom random, SamplePatient patient)
    {
        SampleStudy study = new()
        {
            Key = "ct-chest-now",
            Patient = patient,
            Hospital = SampleHospital.StMary,
            Date = new DateOnly(2026, 3, 9),
            Description = "CT chest with contrast",
            AccessionNumber = "SM-26-0309",
        };
        int slice = 0;
        foreach (byte[] image in SampleImages.Chest(random, study, 24, 0.11))
        {
            yield return File($"st-mary/ct-chest/{Number(++slice)}.dcm", image, SampleDoor.CStore);
        }

        yield return File("st-mary/ct-chest/report.dcm", SampleReports.Structured(
            random, study,
            "Nodule in the left lower lobe, 22 mm, spiculated; 9 mm a year ago. No enlarged nodes. No effusion.",
            "Growing nodule in the left lower lobe, suspicious of a primary lung tumour."), SampleDoor.CStore);
    }

    /// <summary>Sent by STOW-RS: the MR, whose report is a PDF inside DICOM.</summary>
    public static IEnumerable<SampleFile> Web(SampleRandom random, SamplePatient patient)
    {
        SampleStudy study = new()
        {
            Key = "mr-head",
            Patient = patient,
            Hospital = SampleHospital.StMary,
            Date = new DateOnly(2026, 3, 16),
            Description = "MR head, staging",
            AccessionNumber = "SM-26-0316",
        };
        int slice = 0;
        foreach (byte[] image in SampleImages.Head(random, study, 16))
        {
            yield return File($"st-mary/mr-head/{Number(++slice)}.dcm", image, SampleDoor.Stow);
        }

        byte[] pdf = SamplePdf.Create(
            "Radiology report", patient, SampleHospital.StMary,
            ["MR of the head of 2026-03-16 (SM-26-0316).", "No sign of metastases. Ventricles of normal width."]);
        yield return File(
            "st-mary/mr-head/report.dcm", SampleReports.Pdf(random, study, "Radiology report MR head", pdf),
            SampleDoor.Stow);
    }

    /// <summary>On the disc of the other hospital: the CT of a year ago.</summary>
    public static IEnumerable<SampleFile> Prior(SampleRandom random, SamplePatient patient)
    {
        SampleStudy study = new()
        {
            Key = "ct-chest-prior",
            Patient = patient,
            Hospital = SampleHospital.Lakeside,
            Date = new DateOnly(2025, 2, 27),
            Description = "CT chest",
            AccessionNumber = "LK-25-0227",
        };
        int slice = 0;
        foreach (byte[] image in SampleImages.Chest(random, study, 20, 0.05))
        {
            yield return File($"disc/DICOM/PRIOR/IM{Number(++slice)}", image, SampleDoor.Import);
        }

        yield return File("disc/DICOM/PRIOR/SR001", SampleReports.Structured(
            random, study, "Nodule in the left lower lobe, 9 mm.", "Follow-up in three months is advised."),
            SampleDoor.Import);
    }

    private static SampleFile File(string path, byte[] content, SampleDoor door) =>
        new(path, Dicom, content, door, SampleOutcome.Filed);

    private static string Number(int value) => value.ToString("D3", CultureInfo.InvariantCulture);
}
