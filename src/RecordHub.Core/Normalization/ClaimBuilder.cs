using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization;

/// <summary>Gathers what a record says of its patient, without repetitions and without placeholders for "nothing".</summary>
internal sealed class ClaimBuilder(string? defaultIssuer)
{
    private const string OidPrefix = "urn:oid:";

    private readonly List<PatientIdentifier> _identifiers = [];
    private readonly List<PersonName> _names = [];
    private readonly List<string> _postcodes = [];
    private readonly List<string> _phones = [];

    public PartialDate? BirthDate { get; set; }

    /// <summary>The days that <see cref="BirthDate"/> may mean, when only its year is certain.</summary>
    public IReadOnlyList<PartialDate>? BirthDateReadings { get; set; }

    public AdministrativeSex Sex { get; set; }

    public bool ByReferenceOnly { get; set; }

    /// <summary>
    /// An OID is written with and without <c>urn:oid:</c> by different standards (PS3.3, CDA, HL7 v2 against FHIR), so an
    /// identifier issued by one is listed in both forms. What counts something else than patients is kept without an issuer:
    /// it proves nothing.
    /// </summary>
    /// <param name="issuer">Who issued it; null when that is not said.</param>
    /// <param name="value">The number.</param>
    /// <param name="type">What it counts (HL7 table 0203); null when that is not said.</param>
    /// <param name="usesDefault">Whether it is the sender's where nobody is said to have issued it.</param>
    public void AddIdentifier(string? issuer, string? value, string? type = null, bool usesDefault = true)
    {
        string number = value?.Trim() ?? string.Empty;
        if (number.Length == 0)
        {
            return;
        }

        string known = !IdentifierTypes.IsOfPatient(type) ? string.Empty
            : !string.IsNullOrWhiteSpace(issuer) ? issuer.Trim()
            : usesDefault ? defaultIssuer?.Trim() ?? string.Empty : string.Empty;
        Add(new PatientIdentifier(known, number));
        if (known.StartsWith(OidPrefix, StringComparison.OrdinalIgnoreCase))
        {
            Add(new PatientIdentifier(known[OidPrefix.Length..], number));
        }
        else if (IsOid(known))
        {
            Add(new PatientIdentifier(OidPrefix + known, number));
        }
    }

    public void AddName(string? family, string? given, string? prefix = null, string? suffix = null)
    {
        PersonName name = new(Clean(family), Clean(given), Nothing(prefix), Nothing(suffix));
        if ((name.Family.Length > 0 || name.Given.Length > 0) && !_names.Contains(name))
        {
            _names.Add(name);
        }
    }

    /// <summary>A whole name: <c>Family, Given</c>, or the last word for the family.</summary>
    public void AddWholeName(string? text)
    {
        string name = Clean(text);
        int comma = name.IndexOf(',', StringComparison.Ordinal);
        int blank = name.LastIndexOf(' ');
        if (comma > 0)
        {
            AddName(name[..comma], name[(comma + 1)..]);
        }
        else if (blank > 0)
        {
            AddName(name[(blank + 1)..], name[..blank]);
        }
        else
        {
            AddName(name, null);
        }
    }

    public void AddPostcode(string? text) => Add(_postcodes, text);

    public void AddPhone(string? text) => Add(_phones, text);

    public PatientClaim Build() => new()
    {
        Identifiers = [.. _identifiers],
        Names = [.. _names],
        Postcodes = [.. _postcodes],
        Phones = [.. _phones],
        BirthDate = BirthDate,
        BirthDateReadings = BirthDateReadings,
        Sex = Sex,
        ByReferenceOnly = ByReferenceOnly,
    };

    private static bool IsOid(string text) =>
        text.Length > 2 && text[0] is '0' or '1' or '2' && text[1] == '.' && text.All(c => char.IsAsciiDigit(c) || c == '.');

    private static string Clean(string? text) =>
        string.Join(' ', (text ?? string.Empty).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string? Nothing(string? text) => Clean(text) is { Length: > 0 } some ? some : null;

    private static void Add(List<string> list, string? text)
    {
        if (Nothing(text) is { } some && !list.Contains(some))
        {
            list.Add(some);
        }
    }

    private void Add(PatientIdentifier identifier)
    {
        if (!_identifiers.Contains(identifier))
        {
            _identifiers.Add(identifier);
        }
    }
}
