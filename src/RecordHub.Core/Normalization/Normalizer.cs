using RecordHub.Core.Intake;
using RecordHub.Core.Normalization.DicomInput;
using RecordHub.Core.Normalization.DocumentInput;
using RecordHub.Core.Normalization.FhirInput;

namespace RecordHub.Core.Normalization;

/// <summary>Bytes to facts. Pure: the same bytes and context give the same value; nothing else is read.</summary>
public static class Normalizer
{
    /// <summary>Reads <paramref name="content"/> from its position to its end; never throws because of what it holds.</summary>
    /// <param name="kind">What the bytes are, as intake told it.</param>
    /// <param name="content">The item's blob; seekable.</param>
    /// <param name="length">Bytes in the blob.</param>
    /// <param name="context">What is known beside the bytes.</param>
    public static Normalized Normalize(ContentKind kind, Stream content, long length, NormalizationContext context)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(context);
        return kind switch
        {
            ContentKind.DicomInstance => DicomNormalizer.Normalize(content, length, context),
            ContentKind.DicomDirectory => new Normalized.NotARecord("DICOM media directory"),
            ContentKind.NotARecord => new Normalized.NotARecord("not a record"),
            ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson =>
                FhirNormalizer.Normalize(kind, content, context),
            _ => DocumentNormalizer.Normalize(kind, content, context),
        };
    }
}
