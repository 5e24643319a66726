using RecordHub.Core.Intake;

namespace RecordHub.Core.Normalization.FhirInput;

internal static class FhirNormalizer
{
    public static Normalized Normalize(ContentKind kind, Stream content, NormalizationContext context) =>
        new Normalized.Unreadable("not-yet", "FHIR is not read yet.", null);
}
