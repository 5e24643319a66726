using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Documents that a resource has by their address alone (R4 datatypes.html §Attachment). Nothing is fetched from there.</summary>
internal static class FhirAbsent
{
    /// <summary>Whether it names a document whose bytes are neither in it nor beside it.</summary>
    public static bool IsIn(FhirEntry entry) => entry.Resource.EnumerateObject().Any(property =>
        IsIn(property.Value, IsDocument(property.Name) || (entry.Type == "Media" && property.Name == "content"), entry));

    private static bool IsIn(JsonElement element, bool isDocument, FhirEntry entry) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Any(item => IsIn(item, isDocument, entry)),
        JsonValueKind.Object when isDocument => !element.TryGetProperty("data", out _)
            && FhirValue.Text(element, "url") is { Length: > 0 } url && entry.Scope.Find(url, entry.Base) is null,
        JsonValueKind.Object => element.EnumerateObject().Any(property => IsIn(property.Value, IsDocument(property.Name), entry)),
        _ => false,
    };

    // DocumentReference, DiagnosticReport, Consent, Communication, and any extension or answer.
    private static bool IsDocument(string name) =>
        name is "presentedForm" || name.EndsWith("ttachment", StringComparison.Ordinal);
}
