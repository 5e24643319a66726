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
        foreach (SubjectIdentifier identifier in subject.Identifiers)
        {
            claim.AddIdentifier(identifier.Issuer, identifier.Value);
            if (identifier.IssuerUniversalId is { Length: > 0 } universal)
            {
                claim.AddIdentifier(universal, identifier.Value);
            }
        }

        foreach (SubjectName name in subject.Names)
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

        claim.BirthDate = BirthDate(subject.BirthDate);
        claim.Sex = subject.Sex switch
        {
            SubjectSex.Female => AdministrativeSex.Female,
            SubjectSex.Male => AdministrativeSex.Male,
            SubjectSex.Other => AdministrativeSex.Other,
            _ => AdministrativeSex.Unknown,
        };
        return claim.Build();
    }

    private static PartialDate? BirthDate(DocumentDate? date) => date switch
    {
        null => null,
        { Precision: DatePrecision.Year } => new PartialDate(date.Local.Year),
        { Precision: DatePrecision.Month } => new PartialDate(date.Local.Year, date.Local.Month),
        _ => new PartialDate(date.Local.Year, date.Local.Month, date.Local.Day),
    };
}
