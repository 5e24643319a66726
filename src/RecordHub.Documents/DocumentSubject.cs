namespace RecordHub.Documents;

/// <summary>A person whom a document says it is about: evidence, never a decision.</summary>
public sealed record DocumentSubject
{
    public required SubjectEvidence Evidence { get; init; }

    public IReadOnlyList<SubjectIdentifier> Identifiers { get; init; } = [];

    public IReadOnlyList<SubjectName> Names { get; init; } = [];

    public DocumentDate? BirthDate { get; init; }

    /// <summary>Null when not stated; <see cref="SubjectSex.Unknown"/> when stated as unknown.</summary>
    public SubjectSex? Sex { get; init; }

    public override string ToString() => nameof(DocumentSubject);
}

/// <summary>How strongly a document names its subject.</summary>
public enum SubjectEvidence
{
    /// <summary>Fields made for it: PID, recordTarget.</summary>
    Structured,

    /// <summary>Read from a labelled line of free text ("Patient: ...").</summary>
    LabelledText,
}

/// <summary>Administrative sex (HL7 tables 0001 and AdministrativeGender).</summary>
public enum SubjectSex
{
    Unknown,
    Female,
    Male,
    Other,
}

/// <summary>An identifier and who issued it (PID-3 CX.4, CDA id/@root), both as written.</summary>
/// <param name="Issuer">A namespace, or an OID where only that is given; null when the document does not say.</param>
/// <param name="Value">Never empty.</param>
/// <param name="Type">HL7 table 0203 code (MR, SS, ...) or the label of the field; null when not stated.</param>
public sealed record SubjectIdentifier(string? Issuer, string Value, string? Type = null)
{
    /// <summary>The issuer's OID or other universal id (HD.2), where one is given.</summary>
    public string? IssuerUniversalId { get; init; }

    /// <summary>Whether it stands where numbers of others than the sender do (PID-2, PID-4, MRG-4).</summary>
    public bool IsExternal { get; init; }

    public override string ToString() => nameof(SubjectIdentifier);
}

/// <summary>A name in the parts the document gives.</summary>
public sealed record SubjectName
{
    public string? Family { get; init; }

    public IReadOnlyList<string> Given { get; init; } = [];

    public string? Prefix { get; init; }

    public string? Suffix { get; init; }

    /// <summary>HL7 table 0200 or CDA use (L legal, M maiden, A alias, ...); null when not stated.</summary>
    public string? Use { get; init; }

    /// <summary>The whole name, when the document does not split it.</summary>
    public string? Text { get; init; }

    public override string ToString() => nameof(SubjectName);
}
