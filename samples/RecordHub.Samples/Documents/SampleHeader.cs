namespace RecordHub.Samples.Documents;

/// <summary>How a letter says whose it is.</summary>
internal static class SampleHeader
{
    public static IReadOnlyList<string> Lines(SamplePatient patient, SampleHospital hospital) =>
    [
        $"Patient: {patient.Family}, {patient.Given}",
        $"Date of birth: {patient.BirthDateIso}",
        $"MRN: {patient.RecordNumbers[hospital]}",
    ];
}
