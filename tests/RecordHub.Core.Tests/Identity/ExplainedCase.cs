using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity;

/// <summary>A record and what is known, of docs/identity.md.</summary>
internal sealed record ExplainedCase(string Title, PatientClaim Claim, AssignmentEvidence Evidence)
{
    private static readonly PatientIdentifier s_known = new("2.25.1001", "SYN-4711");
    private static readonly CaseFile s_case = File(12, "p12", "Müsterfall", "Synthia Ann", AdministrativeSex.Female, s_known);

    internal static IReadOnlyList<ExplainedCase> All { get; } =
    [
        new("A disc without a case, from a hospital that is new",
            Says("MUESTERFALL", "SYNTHIA", AdministrativeSex.Female, new PatientIdentifier("2.25.1002", "L77")), Known(s_case)),
        new("The case is named, the name is written the other way round",
            Says("Synthia Ann", "Musterfall", AdministrativeSex.Female), Named(s_case)),
        new("A known number, day and month exchanged",
            Says("Müsterfall", "Synthia", AdministrativeSex.Female, s_known) with { BirthDate = new PartialDate(1961, 9, 4) },
            Linked(s_case)),
        new("A known number after a marriage", Says("Neufall", "Synthia", AdministrativeSex.Female, s_known), Linked(s_case)),
        new("The twin", Says("Müsterfall", "Exempla", AdministrativeSex.Female, s_known), Linked(s_case)),
        new("A number that was given to somebody else",
            Says("Andersfall", "Ignotus", AdministrativeSex.Male, s_known) with { BirthDate = new PartialDate(1940, 2, 3) },
            Linked(s_case)),
        new("The father", Says("Müsterfall", "Synthia", AdministrativeSex.Unknown, s_known) with
        {
            Names = [new PersonName("Müsterfall", "Synthia", Suffix: "Sr")],
            BirthDate = new PartialDate(1931, 7, 2),
        }, Named(s_case)),
        new("An emergency", Says("TRAUMA", "ALPHA", AdministrativeSex.Female) with { BirthDate = new PartialDate(1970, 1, 1) },
            Named(s_case)),
        new("A common name",
            Says("Smith", "Mary", AdministrativeSex.Female),
            Known(File(13, "p13", "Smith", "Mary", AdministrativeSex.Female, new PatientIdentifier("2.25.1001", "SYN-1")))),
        new("Two who fit", Says("Müsterfall", "Synthia", AdministrativeSex.Female),
            Known(s_case, File(14, "p14", "Musterfall", "Synthia", AdministrativeSex.Female, new PatientIdentifier("2.25.1002", "L9")))),
    ];

    /// <summary>The decision as a coordinator reads it.</summary>
    internal string Text(int number)
    {
        (string verdict, string explanation, IReadOnlyList<string> lines) = Assignment.Decide(Claim, Evidence) switch
        {
            AssignmentDecision.File file => ("Filed", file.Explanation, file.Evidence),
            AssignmentDecision.Hold hold => ("Held", hold.Explanation, hold.Evidence),
            _ => throw new InvalidOperationException("A decision without words."),
        };
        return $"### {number}. {Title}\n\n**{verdict}.** {explanation}\n\n{string.Concat(lines.Select(line => $"- {line}\n"))}";
    }

    public override string ToString() => Title;

    private static AssignmentEvidence Known(params CaseFile[] files) => new() { Candidates = files };

    private static AssignmentEvidence Linked(CaseFile file) => new() { Linked = [file] };

    private static AssignmentEvidence Named(CaseFile file) => new() { NamedNumber = file.Number, Named = file };

    private static PatientClaim Says(
        string family, string given, AdministrativeSex sex, params PatientIdentifier[] identifiers) => new()
        {
            Names = [new PersonName(family, given)],
            BirthDate = new PartialDate(1961, 4, 9),
            Sex = sex,
            Identifiers = identifiers,
        };

    private static CaseFile File(
        long number, string patient, string family, string given, AdministrativeSex sex, PatientIdentifier identifier) => new()
        {
            Number = new CaseNumber(number),
            Specialty = "oncology",
            Status = CaseStatus.Compiling,
            Question = "?",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Patient = new CasePatient
            {
                Id = patient,
                Name = new PersonName(family, given),
                BirthDate = new PartialDate(1961, 4, 9),
                Sex = sex,
                Identifiers = [identifier],
            },
        };
}
