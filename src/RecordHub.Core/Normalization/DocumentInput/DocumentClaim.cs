using RecordHub.Core.Identity;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>Whose a document says it is.</summary>
internal static class DocumentClaim
{
    /// <summary>A document that names several people is nobody's until a person has looked at it.</summary>
    public static PatientClaim Read(ExtractedDocument document, string? defaultIssuer)
    {
        ClaimBuilder claim = new(defaultIssuer);
        if (document.Subjects.Count != 1)
        {
            claim.ByReferenceOnly = document.Subjects.Count > 1
                || document.Warnings.Any(warning => warning.Name == "subject-ambiguous");
            return claim.Build();
        }

        DocumentSubject subject = document.Subjects[0];
        AddIdentifiers(claim, subject.Identifiers);
        AddNames(claim, subject.Names);

        claim.BirthDate = BirthDate(subject.BirthDate);
        claim.BirthDateReadings = subject.BirthDate is { Readings: { Count: > 0 } days }
            ? [.. days.Select(day => new PartialDate(day.Year, day.Month, day.Day))] : null;
        claim.Sex = subject.Sex switch
        {
            SubjectSex.Female => AdministrativeSex.Female,
            SubjectSex.Male => AdministrativeSex.Male,
            SubjectSex.Other => AdministrativeSex.Other,
            _ => AdministrativeSex.Unknown,
        };
        return claim.Build();
    }

    /// <summary>What the document joins to its subject's identifiers; null when it joins none, or says no subject.</summary>
    public static IdentityMerge? Merge(ExtractedDocument document, string? defaultIssuer)
    {
        if (document.Merge is not { } merge || document.Subjects is not [{ Identifiers.Count: > 0 }])
        {
            return null;
        }

        ClaimBuilder prior = new(defaultIssuer);
        AddIdentifiers(prior, merge.PriorIdentifiers);
        AddNames(prior, merge.PriorNames);
        PatientClaim built = prior.Build();
        return new IdentityMerge(merge.Event, built.Identifiers, built.Names);
    }

    private static void AddIdentifiers(ClaimBuilder claim, IReadOnlyList<SubjectIdentifier> identifiers)
    {
        foreach (SubjectIdentifier identifier in identifiers)
        {
            claim.AddIdentifier(identifier.Issuer, identifier.Value, identifier.Type, !identifier.IsExternal);
            if (identifier.IssuerUniversalId is { Length: > 0 } universal)
            {
                claim.AddIdentifier(universal, identifier.Value, identifier.Type);
            }
        }
    }

    private static void AddNames(ClaimBuilder claim, IReadOnlyList<SubjectName> names)
    {
        foreach (SubjectName name in names)
        {
            if (name.Family is null && name.Given.Count == 0)
            {
                claim.AddWholeName(name.Text);
            }
            else
            {
                claim.AddName(name.Family, string.Join(' ', name.Given), name.Prefix, name.Suffix);
            }
        }
    }

    private static PartialDate? BirthDate(DocumentDate? date) => date switch
    {
        null => null,
        { Precision: DatePrecision.Year } => new PartialDate(date.Local.Year),
        { Precision: DatePrecision.Month } => new PartialDate(date.Local.Year, date.Local.Month),
        _ => new PartialDate(date.Local.Year, date.Local.Month, date.Local.Day),
    };
}
