namespace RecordHub.Samples;

/// <summary>A hospital that exists nowhere.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Issuer">What names its record numbers, the same in DICOM, FHIR and HL7.</param>
/// <param name="AeTitle">The AE title that its archive calls from.</param>
public sealed record SampleHospital(string Name, string Issuer, string AeTitle)
{
    /// <summary>The hospital where the patient is treated now.</summary>
    public static SampleHospital StMary { get; } = new("St. Mary Synthetic Hospital", "urn:oid:2.25.1001", "STMARY");

    /// <summary>The hospital where the patient was treated before.</summary>
    public static SampleHospital Lakeside { get; } = new("Lakeside Sample Clinic", "urn:oid:2.25.1002", "LAKESIDE");
}
