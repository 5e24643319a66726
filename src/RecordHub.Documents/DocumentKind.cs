namespace RecordHub.Documents;

/// <summary>The kinds of document this room reads. <see cref="LegacyDoc"/> is recognised but not read.</summary>
public enum DocumentKind
{
    /// <summary>ISO 32000 (Portable Document Format).</summary>
    Pdf,

    /// <summary>ISO 29500 WordprocessingML, transitional or strict; also when it is an encrypted OLE2 container.</summary>
    Docx,

    /// <summary>Rich Text Format 1.9.1.</summary>
    Rtf,

    /// <summary>HTML or XHTML.</summary>
    Html,

    /// <summary>Text without markup in any character set that we can tell.</summary>
    PlainText,

    /// <summary>ISO 26300 OpenDocument text.</summary>
    Odt,

    /// <summary>HL7 CDA R2, which C-CDA, IHE XDS-MS and their relatives profile.</summary>
    CdaDocument,

    /// <summary>HL7 v2 in ER7 (vertical bar) encoding, one message or a batch (HL7 v2.8 §2.10.3).</summary>
    Hl7V2,

    /// <summary>Word 97-2003 in an OLE2 compound file: kept as it is, its text is not read.</summary>
    LegacyDoc,

    /// <summary>An e-mail (RFC 5322) with what is attached to it.</summary>
    Mail,

    /// <summary>A picture of pages, which is not claimed by <see cref="DocumentSniffer"/>: kept as it is, no text is read from it.</summary>
    Picture,
}
