namespace RecordHub.Documents;

/// <summary>A file inside a document: OBX ED, CDA observationMedia or nonXMLBody, PDF embedded file, DOCX embedding.</summary>
public sealed record DocumentAttachment(string MediaType, string? FileName, ReadOnlyMemory<byte> Content)
{
    public override string ToString() => nameof(DocumentAttachment);
}

/// <summary>The body of a document, where it is a file that says nothing here.</summary>
/// <param name="MediaType">What it is said to be; null when nothing says it.</param>
/// <param name="Came">Whether it came and cannot be read; else the document only refers to it.</param>
public sealed record AbsentBody(string? MediaType, bool Came);

/// <summary>A part of a document under a heading of its own.</summary>
public sealed record DocumentSection(string? Title, string? LoincCode, string Text)
{
    public override string ToString() => nameof(DocumentSection);
}

/// <summary>A code, the system it is from (OID or URI, or HL7 v2 table name) and its words; all as written.</summary>
public sealed record DocumentCode(string? System, string? Code, string? Display)
{
    public override string ToString() => nameof(DocumentCode);
}

/// <summary>A coded statement of a CDA section (CDA R2 §4.3.6), flattened.</summary>
public sealed record CodedEntry
{
    /// <summary>LOINC code of the section that holds it.</summary>
    public required string? SectionLoinc { get; init; }

    /// <summary>The element: observation, substanceAdministration, procedure, act, encounter, supply.</summary>
    public required string Element { get; init; }

    public required DocumentCode Code { get; init; }

    /// <summary>Whether <see cref="Code"/> is that of a substance that the statement is about: what somebody is allergic to.</summary>
    public bool IsOfSubstance { get; init; }

    /// <summary>A coded value (a problem, an allergen's reaction), else null.</summary>
    public DocumentCode? ValueCode { get; init; }

    /// <summary>Number, string or range as written, with comparator if any.</summary>
    public string? Value { get; init; }

    public string? Unit { get; init; }

    public string? ReferenceRange { get; init; }

    /// <summary>Abnormal flag (interpretationCode).</summary>
    public string? Flag { get; init; }

    public string? Status { get; init; }

    public DocumentDate? Time { get; init; }

    public DocumentDate? EndTime { get; init; }

    /// <summary>Whether the statement is negated ("no known ...").</summary>
    public bool Negated { get; init; }

    public override string ToString() => nameof(CodedEntry);
}

/// <summary>An OBX segment (HL7 v2.8 §7.4.2) with the OBR it stands under.</summary>
public sealed record DocumentObservation
{
    /// <summary>OBR-4, null without an OBR.</summary>
    public DocumentCode? Order { get; init; }

    /// <summary>OBX-3.</summary>
    public required DocumentCode Code { get; init; }

    /// <summary>OBX-2, as written.</summary>
    public string? ValueType { get; init; }

    /// <summary>OBX-5 in words, repetitions joined by LF; null for attachments.</summary>
    public string? Value { get; init; }

    /// <summary>OBX-5 when it is coded.</summary>
    public DocumentCode? ValueCode { get; init; }

    public string? Unit { get; init; }

    public string? ReferenceRange { get; init; }

    public string? Flag { get; init; }

    /// <summary>OBX-14, else OBR-7.</summary>
    public DocumentDate? Time { get; init; }

    /// <summary>OBX-11: F final, P preliminary, C correction, D deleted, W wrong, ...</summary>
    public string? Status { get; init; }

    public string? SubId { get; init; }

    /// <summary>NTE segments under the OBX.</summary>
    public string? Note { get; init; }

    public override string ToString() => nameof(DocumentObservation);
}

/// <summary>Something a reader should know. <paramref name="Name"/> is a stable kebab-case word, the detail a sentence without patient data.</summary>
public sealed record DocumentWarning(string Name, string Detail);
