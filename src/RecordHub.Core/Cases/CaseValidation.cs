using RecordHub.Core.Identity;

namespace RecordHub.Core.Cases;

/// <summary>Whether what somebody typed can become a case. Pure.</summary>
internal static class CaseValidation
{
    /// <summary>The case's patient without an id and its question; or what is wrong.</summary>
    internal static CaseCreation.Refused? Check(
        NewCase asked, IReadOnlyList<string> specialties, DateTimeOffset now, out CasePatient patient)
    {
        patient = new CasePatient { Id = string.Empty, Name = new PersonName(string.Empty, string.Empty), BirthDate = default };
        if (!specialties.Contains(asked.Specialty?.Trim().ToLowerInvariant()))
        {
            return new CaseCreation.Refused(
                "There is no checklist for this specialty.", $"Use one of: {string.Join(", ", specialties)}.");
        }

        if (string.IsNullOrWhiteSpace(asked.Family) || string.IsNullOrWhiteSpace(asked.Given))
        {
            return new CaseCreation.Refused("The patient's name is not complete.", "Give a family name and a given name.");
        }

        if (!PartialDate.TryParse(asked.BirthDate, out PartialDate birthDate) || birthDate.Day == 0)
        {
            return new CaseCreation.Refused(
                "The birth date is no full date of the calendar.", "Write it as yyyy-MM-dd, such as 1961-04-09.");
        }

        if (birthDate.IsAfter(PartialDate.LatestBirth(now)))
        {
            return new CaseCreation.Refused(
                "The birth date has not come yet.", "Check the year; a child that is not born has no birth date.");
        }

        if (string.IsNullOrWhiteSpace(asked.Question))
        {
            return new CaseCreation.Refused("There is no question for the specialist.", "Say what is to be answered.");
        }

        if (SexOf(asked.Sex) is not { } sex)
        {
            return new CaseCreation.Refused("The sex is not one that records use.", "Use female, male, other or unknown.");
        }

        if (asked.Identifiers.Any(one => string.IsNullOrWhiteSpace(one.Issuer) || string.IsNullOrWhiteSpace(one.Value)))
        {
            return new CaseCreation.Refused(
                "An identifier does not say who issued it, and the same number at two hospitals is two people.",
                "Write it as ISSUER|ID, such as urn:oid:1.2.3|12345.");
        }

        patient = new CasePatient
        {
            Id = string.Empty,
            Name = new PersonName(asked.Family.Trim(), asked.Given.Trim()),
            BirthDate = birthDate,
            Sex = sex,
            Identifiers = Identifiers.Issued(asked.Identifiers),
        };
        return null;
    }

    private static AdministrativeSex? SexOf(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" or "unknown" or "u" => AdministrativeSex.Unknown,
        "female" or "f" => AdministrativeSex.Female,
        "male" or "m" => AdministrativeSex.Male,
        "other" or "o" => AdministrativeSex.Other,
        _ => null,
    };
}
