using System.Globalization;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization.DicomInput;
using RecordHub.Core.Normalization.DocumentInput;
using RecordHub.Core.Normalization.FhirInput;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization;

/// <summary>
/// Reads the documents inside a record as each would be read alone, whatever the envelope is, and keeps whose they say they are.
/// </summary>
internal sealed class EmbeddedReader(NormalizationContext context)
{
    /// <summary>How often documents may be inside each other.</summary>
    public const int MaxDepth = 3;

    /// <summary>Documents of one record.</summary>
    public const int MaxDocuments = 500;

    private const long MaxBytes = 128L << 20;

    // All of one record together take no longer than one document may.
    private readonly ReadingTime _time = new(DocumentLimits.Default.MaxDuration);
    private readonly List<EmbeddedClaim> _claims = [];
    private int _documents;
    private long _bytes;

    /// <summary>Whose the documents so far say they are; null when none says so.</summary>
    public IReadOnlyList<EmbeddedClaim>? Claims => _claims.Count == 0 ? null : _claims;

    /// <summary>What was not read for its size or number; null when all was.</summary>
    public string? Warning { get; private set; }

    /// <summary>Reads one; the document, when it is one alone and no FHIR, and whether it is one that cannot be read.</summary>
    public (ExtractedDocument? Document, bool IsBroken) Read(
        ReadOnlyMemory<byte> content, string? fileName, string? mediaType, string where) =>
        Read(content, fileName, mediaType, where, context.Depth + 1);

    /// <summary>Keeps whom documents that were read already name, and reads what is inside them.</summary>
    public void Add(IReadOnlyList<ExtractedDocument> documents, string where) => Add(documents, where, context.Depth + 1);

    private (ExtractedDocument? Document, bool IsBroken) Read(
        ReadOnlyMemory<byte> content, string? fileName, string? mediaType, string where, int depth)
    {
        ReadOnlySpan<byte> head = content.Span[..Math.Min(content.Length, DocumentSniffer.HeadLength)];
        ContentKind kind = ContentSniffer.Recognise(head, fileName, mediaType).Kind;
        if (kind is ContentKind.Unknown or ContentKind.NotRead or ContentKind.NotARecord or ContentKind.DicomDirectory
            || DocumentNormalizer.PictureOf(kind) is not null)
        {
            return default;
        }

        if (depth > MaxDepth || _documents == MaxDocuments || content.Length > MaxBytes - _bytes
            || _time.Next(DocumentLimits.Default) is not { } limits)
        {
            Warning = "embedded-limit: there is more inside it than is read for whose it is";
            return default;
        }

        _documents++;
        _bytes += content.Length;
        using MemoryStream bytes = new(content.ToArray(), writable: false);
        if (DocumentNormalizer.KindOf(kind) is { } document)
        {
            DocumentOutcome outcome = DocumentReader.Read(document, bytes, limits, CancellationToken.None);
            if (outcome is not DocumentOutcome.Read read)
            {
                return (null, outcome is DocumentOutcome.Unreadable or DocumentOutcome.Encrypted);
            }

            Add(read.Documents, where, depth);
            return (read.Documents is [{ } alone] ? alone : null, false);
        }

        NormalizationContext inner = context with { Depth = depth, MediaType = mediaType, DataSetOffset = 0 };
        Normalized? found = kind switch
        {
            ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson => FhirNormalizer.Normalize(kind, bytes, inner),
            ContentKind.DicomInstance => DicomNormalizer.Normalize(bytes, content.Length, inner),
            _ => null,
        };
        if (found is Normalized.Records records)
        {
            foreach (PatientRecord part in records.Parts)
            {
                Add(part.Claim, where);
            }
        }

        return default;
    }

    private void Add(IReadOnlyList<ExtractedDocument> documents, string where, int depth)
    {
        foreach (ExtractedDocument document in documents)
        {
            Add(DocumentClaim.Read(document, context.DefaultIssuer), where);
            for (int i = 0; i < document.Attachments.Count; i++)
            {
                DocumentAttachment attachment = document.Attachments[i];
                Read(
                    attachment.Content, attachment.FileName, attachment.MediaType,
                    string.Create(CultureInfo.InvariantCulture, $"{where}, attachment {i + 1}"), depth + 1);
            }
        }
    }

    private void Add(PatientClaim claim, string where)
    {
        if (!claim.IsNobody)
        {
            _claims.Add(new EmbeddedClaim(where, claim with { Inside = null }));
        }

        _claims.AddRange((claim.Inside ?? []).Select(one => one with { Where = $"{where}, {one.Where}" }));
    }
}
