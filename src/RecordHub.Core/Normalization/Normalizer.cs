using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization.DicomInput;
using RecordHub.Core.Normalization.DocumentInput;
using RecordHub.Core.Normalization.FhirInput;

namespace RecordHub.Core.Normalization;

/// <summary>Bytes to facts. Pure: the same bytes and context give the same value; nothing else is read.</summary>
public static class Normalizer
{
    private const string Unborn = "birth-date-in-future: the record gives its patient a birth date after the day on which it came";

    /// <summary>Reads <paramref name="content"/> from its position to its end; never throws because of what it holds.</summary>
    /// <param name="kind">What the bytes are, as intake told it.</param>
    /// <param name="content">The item's blob; seekable.</param>
    /// <param name="length">Bytes in the blob.</param>
    /// <param name="context">What is known beside the bytes.</param>
    public static Normalized Normalize(ContentKind kind, Stream content, long length, NormalizationContext context)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(context);
        Normalized said = kind switch
        {
            ContentKind.DicomInstance => DicomNormalizer.Normalize(content, length, context),
            ContentKind.DicomDirectory => new Normalized.NotARecord("DICOM media directory"),
            ContentKind.NotARecord => new Normalized.NotARecord("not a record"),
            ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson =>
                FhirNormalizer.Normalize(kind, content, context),
            _ => DocumentNormalizer.Normalize(kind, content, context),
        };
        return said is Normalized.Records records && context.LatestBirth is { } latest
            ? new Normalized.Records([.. records.Parts.Select(part => WithUnborn(part, latest))]) : said;
    }

    // It stays what the record says, and agrees with nobody's: no case has such a birth date.
    private static PatientRecord WithUnborn(PatientRecord part, PartialDate latest) =>
        part.Claim.BirthDate is { } born && born.IsAfter(latest) && !part.Warnings.Contains(Unborn)
            ? part with { Warnings = [.. part.Warnings, Unborn] } : part;
}
