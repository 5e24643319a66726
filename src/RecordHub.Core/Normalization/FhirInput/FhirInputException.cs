namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Input that is no FHIR R4; caught in <see cref="FhirNormalizer"/> alone. Its words hold no value of the input.</summary>
internal sealed class FhirInputException(string code, string message, string? where, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;

    public string? Where { get; } = where;
}
