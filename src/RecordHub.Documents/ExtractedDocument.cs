namespace RecordHub.Documents;

/// <summary>What one document says, in neutral words; every list may be empty, null means "the document does not say".</summary>
public sealed record ExtractedDocument
{
    public required DocumentKind Kind { get; init; }

    /// <summary>Everything a person would read, in reading order, lines ended by LF.</summary>
    public required string Text { get; init; }

    /// <summary>Whether <see cref="Text"/> was cut at <see cref="DocumentLimits.MaxTextChars"/>.</summary>
    public bool Truncated { get; init; }

    public string? Title { get; init; }

    /// <summary>As the document tags it (BCP 47); not guessed from its words.</summary>
    public string? Language { get; init; }

    /// <summary>When the document was made; for clinical messages the time of the report.</summary>
    public DocumentDate? Created { get; init; }

    /// <summary>When what it tells about happened (CDA documentationOf, HL7 v2 OBR-7), if stated.</summary>
    public DocumentDate? ServiceDate { get; init; }

    /// <summary>LOINC document code: stated by C-CDA or HL7 v2, or from a plainly worded title.</summary>
    public string? LoincCode { get; init; }

    /// <summary>Where <see cref="LoincCode"/> comes from; null exactly when it is null.</summary>
    public TypeEvidence? LoincEvidence { get; init; }

    /// <summary>The document's own name of its type ("Discharge Summary", <c>ADT^A01</c>).</summary>
    public string? TypeText { get; init; }

    /// <summary>The document's own identifier (CDA id, TXA-12, MSH-10), as written.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Accession or order numbers that tie a report to its study (OBR-3, OBR-18, CDA order id).</summary>
    public IReadOnlyList<SubjectIdentifier> OrderNumbers { get; init; } = [];

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Who keeps or sent it: CDA custodian, MSH-4.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>Whom it says it is about. More than one means the document itself names several people.</summary>
    public IReadOnlyList<DocumentSubject> Subjects { get; init; } = [];

    /// <summary>Identifiers that were the subject's before; null when it joins none.</summary>
    public DocumentMerge? Merge { get; init; }

    public IReadOnlyList<DocumentSection> Sections { get; init; } = [];

    /// <summary>Coded statements of CDA sections.</summary>
    public IReadOnlyList<CodedEntry> Entries { get; init; } = [];

    /// <summary>OBX segments of HL7 v2.</summary>
    public IReadOnlyList<DocumentObservation> Observations { get; init; } = [];

    public IReadOnlyList<DocumentAttachment> Attachments { get; init; } = [];

    /// <summary>The body that did not come or cannot be read; null where the document has its body.</summary>
    public AbsentBody? AbsentBody { get; init; }

    /// <summary>Pages, where the format has pages.</summary>
    public int? PageCount { get; init; }

    public IReadOnlyList<DocumentWarning> Warnings { get; init; } = [];

    public override string ToString() => nameof(ExtractedDocument);
}
