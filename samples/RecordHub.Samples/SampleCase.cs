using RecordHub.Samples.Documents;
using RecordHub.Samples.Fhir;
using RecordHub.Samples.Imaging;

namespace RecordHub.Samples;

/// <summary>
/// Everything that two hospitals have on one synthetic oncology patient, made from a seed: the same seed gives the same
/// bytes. Nothing of it is anybody's.
/// </summary>
public sealed class SampleCase
{
    private SampleCase(SamplePatient patient, SamplePatient stranger, IReadOnlyList<SampleFile> files)
    {
        Patient = patient;
        Stranger = stranger;
        Files = files;
    }

    /// <summary>The specialty whose checklist fits.</summary>
    public static string Specialty => "oncology";

    /// <summary>What the patient wants to know.</summary>
    public static string Question => "Is surgery still an option after the new finding in the left lower lobe?";

    /// <summary>Whose case it is.</summary>
    public SamplePatient Patient { get; }

    /// <summary>Whose image is on the disc by mistake.</summary>
    public SamplePatient Stranger { get; }

    /// <summary>The files, in the order in which they are sent.</summary>
    public IReadOnlyList<SampleFile> Files { get; }

    /// <summary>Makes the case of a seed.</summary>
    public static SampleCase Generate(int seed)
    {
        SampleRandom random = new(seed);
        SamplePatient patient = SamplePatient.Subject(random);
        SamplePatient stranger = SamplePatient.Stranger(random);
        List<SampleFile> files =
        [
            .. SampleStudies.Archive(random, patient),
            .. SampleStudies.Web(random, patient),
            SampleBundle.Create(patient),
            .. SampleLetters.Create(patient),
            SampleClinicalDocument.Create(patient),
            .. SampleMessages.Create(random, patient),
            .. SampleDisc.Create(random, patient, stranger),
        ];
        return new SampleCase(patient, stranger, files);
    }

    /// <summary>Writes the files below a folder, creating what is missing.</summary>
    public void WriteTo(string folder)
    {
        foreach (SampleFile file in Files)
        {
            string path = Path.Combine(folder, file.Path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.WriteAllBytes(path, file.Content.Span);
        }
    }
}
