namespace RecordHub.Core.Resources;

/// <summary>Bytes that are no FHIR R4 resource. The message is fit to be shown and holds no value of the resource.</summary>
public sealed class FhirFormatException(string message, string? where = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The line and column, or the element; null when it cannot be told.</summary>
    public string? Where { get; } = where;
}
