using System.Xml.Linq;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Cda;

/// <summary>The body of a CDA document: structured sections, or one embedded file that is the document (nonXMLBody).</summary>
internal sealed class CdaBody(ReadContext context, AttachmentList attachments, TextSink text)
{
    private const int MaxSectionChars = 1_000_000;
    private readonly List<DocumentSection> _sections = [];
    private readonly List<CodedEntry> _entries = [];

    public IReadOnlyList<DocumentSection> Sections => _sections;

    public IReadOnlyList<CodedEntry> Entries => _entries;

    public bool Truncated { get; private set; }

    /// <summary>A nonXMLBody that did not come or cannot be read.</summary>
    public AbsentBody? Absent { get; private set; }

    public void Read(XElement document)
    {
        foreach (XElement body in document.Children("component").SelectMany(c => c.Elements()))
        {
            switch (body.Name.LocalName)
            {
                case "structuredBody":
                    foreach (XElement section in body.Children("component").SelectMany(c => c.Children("section")))
                    {
                        Section(section);
                    }

                    break;
                case "nonXMLBody":
                    Embedded(body.Child("text"), isBody: true);
                    break;
                case "section":
                    Section(body);
                    break;
                default:
                    break;
            }
        }

        foreach (XElement section in document.Children("section"))
        {
            Section(section);
        }
    }

    private void Section(XElement section)
    {
        context.Check();
        if (_sections.Count >= context.Limits.MaxEntriesPerList)
        {
            context.Warn("section-limit", "sections beyond the limit were left out");
            return;
        }

        XElement? narrative = section.Child("text");
        IReadOnlyDictionary<string, string> index = CdaNarrative.Index(narrative);
        string? loinc = CdaTypes.Code(section.Child("code"), index)?.Code;
        string? title = section.Child("title").Words() ?? section.Child("code").Stated("displayName");
        TextSink own = new(Math.Min(MaxSectionChars, context.Limits.MaxTextChars));
        if (narrative is not null)
        {
            CdaNarrative.Write(narrative, own);
        }

        string words = own.ToString();
        Truncated |= own.Truncated;
        _sections.Add(new DocumentSection(title, loinc, words));
        text.Paragraph();
        text.Write(title);
        text.Line();
        text.Write(words);
        foreach (CodedEntry entry in CdaEntries.Read(section, loinc, index))
        {
            if (_entries.Count >= context.Limits.MaxEntriesPerList)
            {
                context.Warn("entry-limit", "entries beyond the limit were left out");
                break;
            }

            _entries.Add(entry);
        }

        foreach (XElement file in section.Children("entry").Descendants()
            .Where(e => e.Name.LocalName is "value" or "text" && e.Stated("representation") == "B64"))
        {
            Embedded(file, isBody: false);
        }

        foreach (XElement inner in section.Children("component").SelectMany(c => c.Children("section")))
        {
            Section(inner);
        }
    }

    private void Embedded(XElement? file, bool isBody)
    {
        if (file is null)
        {
            return;
        }

        string? mediaType = file.Stated("mediaType");
        if (file.Stated("representation")?.ToUpperInvariant() is "B64")
        {
            FromBase64(file, mediaType, isBody);
        }
        else if (file.Child("reference") is { } reference)
        {
            bool inside = reference.Stated("value") is ['#', ..];
            if (!inside)
            {
                context.Warn("external-reference", "the body is a file that is not in the document; ask the sender for it");
                Lose(mediaType, came: false, isBody);
            }
        }
        else if (isBody)
        {
            text.Paragraph();
            text.Write(file.Value);
            if (string.IsNullOrWhiteSpace(file.Value))
            {
                context.Warn("body-unreadable", "the body is empty");
                Lose(mediaType, came: true, isBody);
            }
        }
    }

    private void FromBase64(XElement file, string? mediaType, bool isBody)
    {
        // Only the text of the element itself: a thumbnail inside it is another file.
        string packed = string.Concat(file.Nodes().OfType<XText>().Select(t => t.Value));
        if (!Base64Text.TryDecode(packed, out byte[] bytes, out bool whole))
        {
            context.Warn("attachment-unreadable", "an embedded file is not valid base64");
            Lose(mediaType, came: true, isBody);
            return;
        }

        if (!whole)
        {
            context.Warn("attachment-cut", "an embedded file ends in the middle of a base64 group");
        }

        if (file.Stated("compression") is { } compression)
        {
            context.Warn("attachment-compressed", "an embedded file is compressed and was kept as it is");
            attachments.Add(compression.Equals("GZ", StringComparison.OrdinalIgnoreCase) ? "application/gzip" : null, null, bytes);
            return;
        }

        string stated = mediaType ?? (isBody ? "text/plain" : MediaTypes.Unknown);
        if (!attachments.Add(stated, null, bytes))
        {
            Lose(mediaType, came: true, isBody);
        }
        else if (isBody)
        {
            Words(bytes, attachments.Items[^1].MediaType);
        }
    }

    private void Lose(string? mediaType, bool came, bool isBody) => Absent = isBody ? new AbsentBody(mediaType, came) : Absent;

    /// <summary>An embedded body is the document, so its words are the document's words.</summary>
    private void Words(byte[] bytes, string mediaType)
    {
        DocumentKind? kind = mediaType switch
        {
            "application/pdf" => DocumentKind.Pdf,
            "text/rtf" or "application/rtf" => DocumentKind.Rtf,
            "text/html" or "application/xhtml+xml" => DocumentKind.Html,
            "text/plain" => DocumentKind.PlainText,
            _ => null,
        };
        if (kind is null)
        {
            context.Warn("body-not-read", "the embedded body is of a kind whose text is not read here");
            return;
        }

        ReadContext inner = new(context.Limits, context.Stop);
        DocumentOutcome outcome = DocumentReader.ReadKind(kind.Value, bytes, inner);
        if (outcome is DocumentOutcome.Read { Documents: [ExtractedDocument body, ..] })
        {
            text.Paragraph();
            text.Write(body.Text);
            Truncated |= body.Truncated;
        }
        else
        {
            context.Warn("body-unreadable", "the text of the embedded body could not be read; the file itself is kept");
            Lose(mediaType, came: true, isBody: true);
        }
    }
}
