namespace RecordHub.Core.Identity;

/// <summary>What a number counts, by its type (HL7 table 0203).</summary>
internal static class IdentifierTypes
{
    // Accounts, visits, orders and specimens, cards of banks, whoever treats, pays or employs.
    private static readonly HashSet<string> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACSN", "AM", "AN", "ANC", "AND", "ANT", "ASID", "BA", "BC", "CC", "DI", "DN", "DS", "EN", "FI", "FILL", "GI", "GN", "LACSN",
        "MCD", "NPI", "PLAC", "PRN", "RI", "SID", "SN", "STN", "UPIN", "USID", "VN", "VS", "XX",
    };

    /// <summary>False when the type says that the number is a visit's, an account's or another one's than a patient's.</summary>
    internal static bool IsOfPatient(string? type) => type is null || !s_others.Contains(type.Trim());
}
