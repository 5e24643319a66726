using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;

namespace RecordHub.Core.Identity.Matching;

/// <summary>Keys by which records are found again that carry an identifier, or name somebody born on a day.</summary>
public static class IdentityKeys
{
    /// <summary>
    /// All keys of whom a record names, and the identifiers in the documents inside it. What is held has all by which a
    /// patient whom it may be is found; an instance that names nobody has its study. What was filed is looked for by its birth
    /// date only where that and the name are what it was filed for.
    /// </summary>
    public static IReadOnlyList<string> Of(HeldRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        PatientClaim claim = record.Claim;
        return
        [
            .. Identifiers.Carried(claim).Select(Of), .. claim.BirthDate is { Day: > 0 } date && IsFoundByBirthDate(record) ? [Of(date)] : Array.Empty<string>(),
            .. record.State == RecordState.Held ? PatientMatch.KeysOf(claim) : [],
            .. claim.NamesNobody && record.StudyInstanceUid is { } study ? [OfStudy(study)] : Array.Empty<string>(),
        ];
    }

    private static bool IsFoundByBirthDate(HeldRecord record) =>
        record.State != RecordState.Filed || record.Reason == Assignment.CertainMatchReason;

    /// <summary>All keys by which a patient is found.</summary>
    public static IReadOnlyList<string> Of(CasePatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return BlockingKeys.Of(Person.Of(patient, MatchWeights.BuiltIn));
    }

    /// <summary>The key of an instance that names nobody: its study.</summary>
    public static string OfStudy(string studyInstanceUid) => $"s:{studyInstanceUid}";

    /// <summary>The key of an identifier, in canonical writing.</summary>
    public static string Of(PatientIdentifier identifier) => $"i:{identifier.Issuer}|{identifier.Value}";

    /// <summary>The key of a full birth date: the same with day and month exchanged.</summary>
    public static string Of(PartialDate date) => string.Create(
        CultureInfo.InvariantCulture,
        $"d:{date.Year:D4}|{Math.Min(date.Month, date.Day):D2}|{Math.Max(date.Month, date.Day):D2}");
}
