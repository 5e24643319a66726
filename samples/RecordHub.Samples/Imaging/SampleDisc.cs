using System.Text;

namespace RecordHub.Samples.Imaging;

/// <summary>A disc as hospitals hand them out: a prior study, a viewer, and somebody else's image.</summary>
internal static class SampleDisc
{
    public static IEnumerable<SampleFile> Create(SampleRandom random, SamplePatient patient, SamplePatient stranger)
    {
        foreach (SampleFile file in SampleStudies.Prior(random, patient))
        {
            yield return file;
        }

        SampleStudy other = new()
        {
            Key = "left-on-the-disc",
            Patient = stranger,
            Hospital = SampleHospital.Lakeside,
            Date = new DateOnly(2025, 2, 27),
            Description = "CT chest",
            AccessionNumber = "LK-25-0228",
        };
        yield return new SampleFile(
            "disc/DICOM/OTHER/IM001", "application/dicom", SampleImages.Single(random, other), SampleDoor.Import,
            SampleOutcome.Held);
        yield return NoRecord("disc/autorun.inf", "text/plain", "[autorun]\r\nopen=VIEWER\\viewer.exe\r\nlabel=IMAGES\r\n");
        yield return NoRecord("disc/VIEWER/viewer.exe", "application/octet-stream", "MZ\0\0 stands for a viewer; it runs nowhere");
    }

    private static SampleFile NoRecord(string path, string mediaType, string content) =>
        new(path, mediaType, Encoding.ASCII.GetBytes(content), SampleDoor.Import, SampleOutcome.Ignored);
}
