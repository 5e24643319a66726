using System.Globalization;

namespace RecordHub.Samples;

/// <summary>A person who does not exist, and whose name says so.</summary>
public sealed record SamplePatient
{
    private static readonly string[] s_families = ["Musterfall", "Samplebridge", "Testgaard", "Fiktivna", "Demowska"];
    private static readonly string[] s_given = ["Synthia", "Fictia", "Exempla", "Paradigma", "Simulata"];

    /// <summary>The family name.</summary>
    public required string Family { get; init; }

    /// <summary>The given name.</summary>
    public required string Given { get; init; }

    /// <summary>The birth date.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary><c>F</c> or <c>M</c>.</summary>
    public required char Sex { get; init; }

    /// <summary>The record number at each hospital; they differ, as they do in life.</summary>
    public required IReadOnlyDictionary<SampleHospital, string> RecordNumbers { get; init; }

    /// <summary>As DICOM and HL7 version 2 write the name.</summary>
    public string NameWithCarets => $"{Family}^{Given}";

    /// <summary>As DICOM and HL7 version 2 write the birth date.</summary>
    public string BirthDateDigits => BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>As FHIR writes the birth date.</summary>
    public string BirthDateIso => BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>As FHIR writes the sex.</summary>
    public string Gender => Sex == 'F' ? "female" : "male";

    /// <summary>The type only, as everything that names a patient.</summary>
    public override string ToString() => nameof(SamplePatient);

    internal static SamplePatient Subject(SampleRandom random) => new()
    {
        Family = random.Pick(s_families),
        Given = random.Pick(s_given),
        BirthDate = new DateOnly(1951, 2, 3).AddDays(random.Next(9000)),
        Sex = 'F',
        RecordNumbers = new Dictionary<SampleHospital, string>
        {
            [SampleHospital.StMary] = $"SYN-{100000 + random.Next(900000)}",
            [SampleHospital.Lakeside] = $"L{1000000 + random.Next(9000000)}",
        },
    };

    /// <summary>Somebody else, whose image was left on the disc.</summary>
    internal static SamplePatient Stranger(SampleRandom random) => new()
    {
        Family = "Andersfall",
        Given = "Ignotus",
        BirthDate = new DateOnly(1939, 5, 6).AddDays(random.Next(4000)),
        Sex = 'M',
        RecordNumbers = new Dictionary<SampleHospital, string>
        {
            [SampleHospital.Lakeside] = $"L{1000000 + random.Next(9000000)}",
        },
    };
}
