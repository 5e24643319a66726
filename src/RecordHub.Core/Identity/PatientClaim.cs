namespace RecordHub.Core.Identity;

/// <summary>Whose a record says it is, as the record itself says it. All members empty: it names nobody.</summary>
public sealed record PatientClaim
{
    /// <summary>A claim that names nobody.</summary>
    public static PatientClaim Nobody { get; } = new();

    /// <summary>Identifiers, with the sender's default issuer where the record names none.</summary>
    public IReadOnlyList<PatientIdentifier> Identifiers { get; init; } = [];

    /// <summary>The name in each of its writings (alphabetic, ideographic, phonetic, maiden).</summary>
    public IReadOnlyList<PersonName> Names { get; init; } = [];

    /// <summary>The birth date; null when not said.</summary>
    public PartialDate? BirthDate { get; init; }

    /// <summary>The days that a birth date may mean of which the year alone is certain (01/05/1970); null mostly.</summary>
    public IReadOnlyList<PartialDate>? BirthDateReadings { get; init; }

    /// <summary>The sex.</summary>
    public AdministrativeSex Sex { get; init; }

    /// <summary>Postcodes of the addresses.</summary>
    public IReadOnlyList<string> Postcodes { get; init; } = [];

    /// <summary>Telephone numbers.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>True when it points to a patient that it does not carry (a bare FHIR reference): nobody can verify it.</summary>
    public bool ByReferenceOnly { get; init; }

    /// <summary>Whose the documents inside the record say they are; null when none says so.</summary>
    public IReadOnlyList<EmbeddedClaim>? Inside { get; init; }

    /// <summary>Whether it has neither a name nor an identifier, nor points to anybody: a birth date alone is that of many.</summary>
    public bool NamesNobody => Identifiers.Count == 0 && Names.Count == 0 && !ByReferenceOnly;

    /// <summary>Whether it says nothing of anybody.</summary>
    public bool IsNobody => Identifiers.Count == 0 && Names.Count == 0 && BirthDate is null && !ByReferenceOnly;

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(PatientClaim);
}
