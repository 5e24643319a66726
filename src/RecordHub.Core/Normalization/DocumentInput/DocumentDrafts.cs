using System.Globalization;
using System.Text;
using RecordHub.Core.Identity;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>The drafts made of one extracted document: its DocumentReference, its statements, its attachments.</summary>
internal sealed class DocumentDrafts
{
    private const string HashSystem = "urn:ietf:rfc:3986";

    private readonly List<ResourceDraft> _resources = [];
    private readonly List<BinaryDraft> _binaries = [];
    private readonly List<string> _losses = [];
    private readonly ExtractedDocument _document;
    private readonly NormalizationContext _context;
    private readonly EmbeddedReader _inside;
    private readonly string _root;

    public DocumentDrafts(ExtractedDocument document, int part, OriginalFacts? original, NormalizationContext context)
    {
        _document = document;
        _context = context;
        _inside = new EmbeddedReader(context);
        _root = string.Create(CultureInfo.InvariantCulture, $"{context.Content}.{part}");
        List<AttachmentFacts> contents = [];
        AddOriginal(contents, part, original);
        AddText(contents, _root + ".text", document.Text, isAlone: contents.Count == 0);
        contents.AddRange(AttachmentFacts.Absent(document.AbsentBody));
        string key = _root + ".document";
        _resources.Add(DocumentReferenceWriter.Write(key, Describe(contents)));
        AddAttachments(key);
        StatementDrafts.Add(_resources, document, _root);
        if (document.Kind == DocumentKind.Hl7V2)
        {
            ReportDrafts.Add(_resources, document, _root);
        }
    }

    public IReadOnlyList<ResourceDraft> Resources => _resources;

    public IReadOnlyList<BinaryDraft> Binaries => _binaries;

    /// <summary>What could not be read of the files inside.</summary>
    public IReadOnlyList<string> Losses => _losses;

    /// <summary>Whose the attachments say they are; null when none says so.</summary>
    public IReadOnlyList<EmbeddedClaim>? Inside => _inside.Claims;

    public IReadOnlyList<string> Warnings => _inside.Warning is { } warning ? [warning] : [];

    private void AddOriginal(List<AttachmentFacts> contents, int part, OriginalFacts? original)
    {
        if (original is null)
        {
            return;
        }

        string key = Binding.OriginalKey(_context.Content, part);
        _binaries.Add(new BinaryDraft { Key = key, ContentType = original.MediaType, Offset = 0 });
        contents.Add(new AttachmentFacts
        {
            ContentType = original.MediaType,
            Url = Placeholder.For(key),
            Size = original.Size,
            Sha1 = original.Sha1,
            Title = _document.Title ?? DocumentTypes.Name(_document.LoincCode),
            Language = Language(_document.Language),
            Creation = DocumentTime.DateTime(_document.Created),
        });
    }

    private void AddText(List<AttachmentFacts> contents, string key, string text, bool isAlone)
    {
        if (string.IsNullOrWhiteSpace(text) && !isAlone)
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _binaries.Add(new BinaryDraft { Key = key, ContentType = DocumentText.MediaType, Derived = bytes });
        contents.Add(DocumentText.Attachment(key, bytes));
    }

    private DocumentFacts Describe(IReadOnlyList<AttachmentFacts> contents) => new()
    {
        MasterIdentifier = string.IsNullOrWhiteSpace(_document.DocumentId) ? null : (null, _document.DocumentId),
        Identifiers = [(HashSystem, "urn:hash:sha256:" + _context.Content)],
        Type = DocumentTypes.Loinc(_document.LoincCode),
        TypeText = _document.LoincCode is null
            ? _document.TypeText ?? _document.Title
            : _document.Title ?? _document.TypeText,
        DocStatus = ReportDrafts.DocStatus(_document),
        Description = _document.Title,
        Instant = DocumentTime.Instant(_document.Created),
        Period = DocumentTime.DateTime(_document.ServiceDate) ?? DocumentTime.DateTime(_document.Created),
        Authors = [.. _document.Authors.Where(author => !string.IsNullOrWhiteSpace(author))],
        Custodian = _document.Organisations.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)),
        Attachments = contents,
        Related = [.. _document.OrderNumbers.Select(Related)],
    };

    private static (string? Reference, string? Type, string? System, string Value) Related(SubjectIdentifier number) =>
        number.Type == "study-instance-uid"
            ? (null, "ImagingStudy", "urn:dicom:uid", "urn:oid:" + number.Value)
            : (null, "ServiceRequest", DocumentCodes.SystemOf(number.Issuer), number.Value);

    private void AddAttachments(string parent)
    {
        for (int i = 0; i < _document.Attachments.Count; i++)
        {
            DocumentAttachment attachment = _document.Attachments[i];
            if (attachment.Content.IsEmpty)
            {
                continue;
            }

            string where = string.Create(CultureInfo.InvariantCulture, $"attachment {i + 1}");
            if (MailFiles.AreTaken(_document, _context))
            {
                // It comes by itself, but its bytes are in those of the e-mail as well: whose it is counts here too.
                _inside.Read(attachment.Content, attachment.FileName, attachment.MediaType, where);
                continue;
            }

            string key = string.Create(CultureInfo.InvariantCulture, $"{_root}.attachment.{i + 1}");
            _binaries.Add(new BinaryDraft { Key = key, ContentType = attachment.MediaType, Derived = attachment.Content });
            List<AttachmentFacts> contents =
            [
                new()
                {
                    ContentType = attachment.MediaType,
                    Url = Placeholder.For(key),
                    Size = attachment.Content.Length,
                    Sha1 = Sha1.Of(attachment.Content.Span),
                    Title = attachment.FileName ?? _document.Title,
                    Creation = DocumentTime.DateTime(_document.Created),
                },
            ];
            (ExtractedDocument? inner, bool isBroken) = _inside.Read(
                attachment.Content, attachment.FileName, attachment.MediaType, where);
            if (isBroken || IsNoPdf(attachment))
            {
                contents[0] = contents[0] with { AbsentReason = "error" };
                _losses.Add($"a file inside ({attachment.MediaType}) cannot be read");
            }

            AddText(contents, key + ".text", inner?.Text ?? string.Empty, isAlone: false);
            DocumentFacts facts = Describe(contents);
            _resources.Add(DocumentReferenceWriter.Write(key + ".document", facts with
            {
                MasterIdentifier = null,
                Identifiers = [],
                Type = DocumentTypes.Loinc(inner?.LoincCode ?? _document.LoincCode),
                Description = attachment.FileName ?? inner?.Title ?? _document.Title,
                Related =
                [
                    (Placeholder.For(parent), "DocumentReference", HashSystem, "urn:hash:sha256:" + _context.Content),
                    .. facts.Related,
                ],
            }));
        }
    }

    // It is said to be a PDF and is none.
    private static bool IsNoPdf(DocumentAttachment attachment)
    {
        ReadOnlySpan<byte> head = attachment.Content.Span;
        return attachment.MediaType == "application/pdf"
            && !(DocumentSniffer.TryRecognise(
                head[..Math.Min(head.Length, DocumentSniffer.HeadLength)], attachment.FileName, out DocumentKind kind)
                && kind == DocumentKind.Pdf);
    }

    // Only what has the form of BCP 47 is a FHIR language.
    private static string? Language(string? language) =>
        language is { Length: >= 2 and <= 35 } && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? language : null;
}
