namespace RecordHub.Core.Resources;

/// <summary>FHIR R4 resources between JSON and XML.</summary>
public static class FhirXml
{
    /// <summary>The resource in XML, UTF-8.</summary>
    /// <exception cref="FhirFormatException">The JSON is no R4 resource.</exception>
    public static byte[] FromJson(ReadOnlySpan<byte> json) => throw new FhirFormatException("Not written yet.");

    /// <summary>The resource in JSON, UTF-8.</summary>
    /// <exception cref="FhirFormatException">The XML is no R4 resource, or over a limit.</exception>
    public static byte[] ToJson(Stream xml) => throw new FhirFormatException("Not read yet.");
}
