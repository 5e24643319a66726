using System.Globalization;

namespace RecordHub.Core.Identity.Matching;

/// <summary>Keys by which records are found again that carry an identifier, or name somebody born on a day.</summary>
public static class IdentityKeys
{
    /// <summary>All keys of whom a record names, and the identifiers in the documents inside it.</summary>
    public static IReadOnlyList<string> Of(PatientClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return
        [
            .. Identifiers.Carried(claim).Select(Of), .. claim.BirthDate is { Day: > 0 } date ? [Of(date)] : Array.Empty<string>(),
        ];
    }

    /// <summary>The key of an identifier, in canonical writing.</summary>
    public static string Of(PatientIdentifier identifier) => $"i:{identifier.Issuer}|{identifier.Value}";

    /// <summary>The key of a full birth date: the same with day and month exchanged.</summary>
    public static string Of(PartialDate date) => string.Create(
        CultureInfo.InvariantCulture,
        $"d:{date.Year:D4}|{Math.Min(date.Month, date.Day):D2}|{Math.Max(date.Month, date.Day):D2}");
}
