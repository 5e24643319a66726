using System.Text;
using RecordHub.Core.Normalization.DocumentInput;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>An encapsulated document (PS3.3 §A.45): a Binary of its bytes, its text, and a DocumentReference.</summary>
internal static class EncapsulatedDocument
{
    private const int MaxDerived = 64 << 20;

    private static readonly DicomTag s_document = new(0x0042, 0x0011);
    private static readonly DicomTag s_mimeType = new(0x0042, 0x0012);
    private static readonly DicomTag s_documentLength = new(0x0042, 0x0015);

    public static PatientRecord Add(
        PatientRecord record, DicomHeader header, Stream content, long start, long length, NormalizationContext context)
    {
        if (record.Instance is not { } facts || !header.DataSet.TryGet(s_document, out DicomElement element))
        {
            return Lost(record, "the instance encapsulates no document");
        }

        string mediaType = MediaType(header.DataSet, facts.SopClassUid);
        string key = DicomDocument.Key(facts, context, "encapsulated");
        if (Find(element, header, content, start, length) is not { } place)
        {
            return Lost(record, "the encapsulated document could not be taken out");
        }

        long size = Trimmed(header.DataSet, place, content, start);
        BinaryDraft binary = place.Derived is { } bytes
            ? new BinaryDraft { Key = key, ContentType = mediaType, Derived = bytes[..(int)size] }
            : new BinaryDraft { Key = key, ContentType = mediaType, Offset = place.Offset, Length = size };
        using Stream view = binary.Offset is { } offset
            ? new RangeStream(content, start + offset, size)
            : new MemoryStream(binary.Derived.ToArray(), writable: false);
        AttachmentFacts attachment = new()
        {
            ContentType = mediaType,
            Url = Placeholder.For(key),
            Size = size,
            Sha1 = Sha1.Of(view),
            Title = facts.Title ?? record.Title,
        };
        view.Position = 0;
        return Describe(record, facts, header.DataSet, context, binary, attachment, view);
    }

    private static PatientRecord Describe(
        PatientRecord record, InstanceFacts facts, DicomDataSet dataSet, NormalizationContext context,
        BinaryDraft binary, AttachmentFacts attachment, Stream view)
    {
        List<BinaryDraft> binaries = [binary];
        List<AttachmentFacts> attachments = [attachment];
        EmbeddedReader inside = new(context);
        (ExtractedDocument? extracted, string? lost) = Extract(attachment.ContentType, view, inside);
        string[] losses = lost is not null ? [lost] : extracted is null ? [] : [.. DocumentLosses.Of(extracted)];
        if (lost is not null)
        {
            attachments[0] = attachment with { AbsentReason = "error" };
        }
        else if (extracted?.AbsentBody is { } body)
        {
            attachments[0] = attachment with { AbsentReason = AttachmentFacts.ReasonOf(body) };
        }

        if (extracted is { Text.Length: > 0 })
        {
            byte[] text = Encoding.UTF8.GetBytes(extracted.Text);
            string textKey = DicomDocument.Key(facts, context, "text");
            binaries.Add(new BinaryDraft { Key = textKey, ContentType = DocumentText.MediaType, Derived = text });
            attachments.Add(DocumentText.Attachment(textKey, text));
        }

        DicomCode? concept = DicomCode.Read(dataSet, DicomTags.ConceptNameCodeSequence);
        DocumentFacts document = DicomDocument.Describe(dataSet, facts, context, attachments) with
        {
            Type = DicomDocument.Loinc(concept) ?? DocumentTypes.Loinc(extracted?.LoincCode),
            TypeText = concept?.Text ?? extracted?.TypeText ?? facts.Title,
        };
        return record with
        {
            Claim = record.Claim with { Inside = inside.Claims },
            Resources = [DocumentReferenceWriter.Write(DicomDocument.Key(facts, context, "document"), document)],
            Binaries = binaries,
            Warnings = inside.Warning is { } unread ? [.. record.Warnings, unread] : record.Warnings,
            Losses = [.. record.Losses, .. losses],
        };
    }

    private static (ExtractedDocument? Document, string? Lost) Extract(string mediaType, Stream view, EmbeddedReader inside)
    {
        DocumentKind? kind = mediaType switch
        {
            "application/pdf" => DocumentKind.Pdf,
            "text/xml" or "application/xml" => DocumentKind.CdaDocument,
            _ => Sniff(view),
        };
        if (kind is not { } known)
        {
            return (null, null);
        }

        return DocumentReader.Read(known, view, DocumentLimits.Default, CancellationToken.None) switch
        {
            DocumentOutcome.Read read => (Kept(read.Documents, inside), null),
            DocumentOutcome.Encrypted => (null, "the encapsulated document is encrypted"),
            DocumentOutcome.TooLarge => (null, "the encapsulated document is larger than is read here"),
            _ => (null, "the encapsulated document cannot be read"),
        };
    }

    private static ExtractedDocument Kept(IReadOnlyList<ExtractedDocument> documents, EmbeddedReader inside)
    {
        inside.Add(documents, "the encapsulated document");
        return documents[0];
    }

    private static DocumentKind? Sniff(Stream view)
    {
        byte[] head = new byte[Math.Min(view.Length, DocumentSniffer.HeadLength)];
        int length = view.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        view.Position = 0;
        return DocumentSniffer.TryRecognise(head.AsSpan(0, length), null, out DocumentKind kind) ? kind : null;
    }

    // Where the document is: a range of the file, or bytes when the file holds it in another form (deflated, or small
    // enough to have been kept).
    private static (long Offset, long Length, ReadOnlyMemory<byte>? Derived)? Find(
        DicomElement element, DicomHeader header, Stream content, long start, long length)
    {
        if (element.IsLoaded)
        {
            return element.Value.Length == 0 ? null : (0, element.Value.Length, element.Value);
        }

        if (!header.TransferSyntax.IsDeflated)
        {
            long available = Math.Min(element.ValueLength, length - element.ValueOffset);
            return available <= 0 ? null : (element.ValueOffset, available, null);
        }

        content.Position = start;
        DicomReadOptions whole = DicomReadOptions.Default with { MaxValueLength = MaxDerived, MaxKeptBytes = MaxDerived };
        DicomHeader again = HeaderReading.Read(content, whole);
        return again.DataSet.TryGet(s_document, out DicomElement inflated) && inflated.IsLoaded && inflated.Value.Length > 0
            ? (0, inflated.Value.Length, inflated.Value)
            : null;
    }

    // Encapsulated Document Length (0042,0015), or else without the one byte that makes the length even (PS3.5 §8.2).
    private static long Trimmed(
        DicomDataSet dataSet, (long Offset, long Length, ReadOnlyMemory<byte>? Derived) place, Stream content, long start)
    {
        if (dataSet.GetInt32(s_documentLength) is > 0 and { } stated && stated <= place.Length && place.Length - stated <= 1)
        {
            return stated;
        }

        int last;
        if (place.Derived is { } bytes)
        {
            last = bytes.Span[^1];
        }
        else
        {
            content.Position = start + place.Offset + place.Length - 1;
            last = content.ReadByte();
        }

        return last == 0 && place.Length > 1 ? place.Length - 1 : place.Length;
    }

    private static string MediaType(DicomDataSet dataSet, string sopClass)
    {
        string stated = dataSet.GetString(s_mimeType)?.Trim().ToLowerInvariant() ?? string.Empty;
        bool usable = stated.Length is > 2 and < 100 && stated.Count(c => c == '/') == 1
            && stated.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-');
        return usable
            ? stated
            : sopClass switch
            {
                SopClasses.EncapsulatedPdf => "application/pdf",
                SopClasses.EncapsulatedCda => "text/xml",
                _ => "application/octet-stream",
            };
    }

    private static PatientRecord Lost(PatientRecord record, string loss) => record with { Losses = [.. record.Losses, loss] };
}
