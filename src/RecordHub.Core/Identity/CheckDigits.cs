namespace RecordHub.Core.Identity;

/// <summary>Numbers that carry a check digit: one that fails it was mistyped, and is nobody's.</summary>
internal static class CheckDigits
{
    private static readonly Dictionary<string, Func<string, bool>> s_schemes = new(StringComparer.OrdinalIgnoreCase)
    {
        // NHS number, England.
        ["https://fhir.nhs.uk/Id/nhs-number"] = Nhs,
        ["2.16.840.1.113883.2.1.4.1"] = Nhs,

        // Burgerservicenummer, the Netherlands.
        ["http://fhir.nl/fhir/NamingSystem/bsn"] = Bsn,
        ["2.16.840.1.113883.2.4.6.3"] = Bsn,

        // Versichertennummer of the statutory health insurance, Germany.
        ["http://fhir.de/sid/gkv/kvid-10"] = Kvnr,
        ["1.2.276.0.76.4.8"] = Kvnr,

        // Personnummer, Sweden.
        ["http://electronichealth.se/identifier/personnummer"] = Personnummer,
        ["1.2.752.129.2.1.3.1"] = Personnummer,
    };

    /// <summary>False when the issuer's scheme is known and the number fails it.</summary>
    internal static bool Pass(PatientIdentifier identifier) =>
        !s_schemes.TryGetValue(identifier.Issuer, out Func<string, bool>? passes)
        || passes(string.Concat(identifier.Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());

    private static bool Nhs(string text) => text.Length == 10 && text.All(char.IsAsciiDigit)
        && (11 - (Weighted(text[..9], 10) % 11)) % 11 == text[9] - '0';

    private static bool Bsn(string text)
    {
        string nine = text.PadLeft(9, '0');
        return nine.Length == 9 && nine.All(char.IsAsciiDigit) && (Weighted(nine[..8], 9) - (nine[8] - '0')) % 11 == 0;
    }

    private static bool Kvnr(string text) => text.Length == 10 && char.IsAsciiLetterUpper(text[0])
        && text.Skip(1).All(char.IsAsciiDigit)
        && DoubleAndAdd($"{text[0] - 'A' + 1:00}{text[1..9]}", doublesFirst: false) % 10 == text[9] - '0';

    private static bool Personnummer(string text)
    {
        string ten = text.Length == 12 ? text[2..] : text;
        return ten.Length == 10 && ten.All(char.IsAsciiDigit) && DoubleAndAdd(ten, doublesFirst: true) % 10 == 0;
    }

    // The first digit weighs most, each following one less.
    private static int Weighted(string digits, int first) => digits.Select((c, i) => (c - '0') * (first - i)).Sum();

    private static int DoubleAndAdd(string digits, bool doublesFirst) => digits
        .Select((c, i) => (c - '0') * (i % 2 == 0 == doublesFirst ? 2 : 1))
        .Sum(product => product > 9 ? product - 9 : product);
}
