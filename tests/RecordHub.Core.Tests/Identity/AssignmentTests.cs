using CsCheck;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity;

public sealed partial class AssignmentTests
{
    private static readonly PatientIdentifier s_known = new("1.2.3", "77");
    private static readonly PatientIdentifier s_unknown = new("1.2.9", "77");
    private static readonly CaseFile s_case = File(1, "p1", "Musterfall", "Synthia", new PartialDate(1961, 4, 9));
    private static readonly PatientClaim s_same = Claim("MUSTERFALL", "SYNTHIA", new PartialDate(1961, 4, 9));

    [Test]
    public void A_named_case_takes_a_record_whose_name_and_birth_date_agree()
    {
        AssignmentDecision decision = Decide(s_same with { Identifiers = [s_unknown] }, named: s_case);

        AssignmentDecision.File filed = Filed(decision);
        Assert.That(filed.Because, Is.EqualTo("verified"));
        Assert.That(filed.Links.Single().Identifier, Is.EqualTo(s_unknown));
    }

    [Test]
    public void An_identifier_without_an_issuer_is_never_linked() =>
        Assert.That(Filed(Decide(s_same with { Identifiers = [new("", "5")] }, named: s_case)).Links, Is.Empty);

    [Test]
    public void A_named_case_takes_a_record_by_a_known_identifier_although_a_digit_of_the_birth_date_differs() =>
        Assert.That(
            Filed(Decide(Claim("Musterfall", "Synthia", new PartialDate(1961, 4, 8), s_known), named: s_case)).Because,
            Is.EqualTo("verified"));

    [Test]
    public void A_record_that_names_nobody_is_filed_on_the_named_case() =>
        Assert.That(Filed(Decide(PatientClaim.Nobody, named: s_case)).Because, Is.EqualTo("names-nobody"));

    [Test]
    public void A_record_that_names_nobody_is_held_when_others_of_the_same_file_name_somebody()
    {
        AssignmentDecision decision = Assignment.Decide(
            PatientClaim.Nobody, new AssignmentEvidence { NamedNumber = s_case.Number, Named = s_case, AmongOthers = true });

        Assert.That(Held(decision).Reason, Is.EqualTo("names-nobody-among-others"));
    }

    [Test]
    public void A_record_of_the_other_sex_is_held_although_it_says_no_more_than_that() => Assert.That(
        Held(Decide(new PatientClaim { Sex = AdministrativeSex.Male }, named: s_case)).Reason, Is.EqualTo("patient-disagrees"));

    [Test]
    public void A_name_or_a_birth_date_that_is_a_stand_in_verifies_nothing_by_itself()
    {
        CaseFile newYear = File(2, "p2", "Musterfall", "Synthia", new PartialDate(1961, 1, 1));
        CaseFile baby = File(3, "p3", "Musterfall", "Baby Boy", new PartialDate(2025, 4, 9)) with { Specialty = "paediatrics" };

        Assert.That(
            Held(Decide(Claim("Musterfall", "Synthia", new PartialDate(1961, 1, 1)), named: newYear, candidates: [newYear])).SuggestedCases,
            Is.EqualTo(new[] { newYear.Number }));
        Assert.That(
            Held(Decide(Claim("MUSTERFALL", "BABY BOY", new PartialDate(2025, 4, 9)), named: baby)).Reason,
            Is.EqualTo("patient-disagrees"));
        Assert.That(
            Filed(Decide(Claim("Musterfall", "Synthia", new PartialDate(1961, 1, 1), s_known), named: newYear)).Because,
            Is.EqualTo("verified"));
    }

    [Test]
    public void Who_may_be_the_father_or_a_twin_with_a_shared_first_name_is_held()
    {
        PatientClaim junior = s_same with { Names = [new PersonName("Musterfall", "Synthia", Suffix: "JR")] };
        CaseFile twin = File(4, "p4", "Kim", "Min Jun", new PartialDate(2010, 4, 9));

        Assert.That(Held(Decide(junior, named: s_case)).Reason, Is.EqualTo("patient-disagrees"));
        Assert.That(
            Held(Decide(Claim("Kim", "Min Seo", new PartialDate(2010, 4, 9)), named: twin)).Reason, Is.EqualTo("patient-disagrees"));
    }

    [Test]
    public void A_record_of_somebody_else_is_held_although_the_sender_named_the_case()
    {
        AssignmentDecision.Hold held = Held(Decide(
            Claim("Andersfall", "Ignotus", new PartialDate(1940, 1, 2)), named: s_case, candidates: [s_case]));

        Assert.That(held.Reason, Is.EqualTo("patient-disagrees"));
        Assert.That(held.SuggestedCases, Is.Empty);
        Assert.That(held.Evidence, Has.Some.Contains("Andersfall").And.Some.Contains("Musterfall"));
    }

    [Test]
    public void A_named_case_needs_a_full_birth_date() =>
        Assert.That(Held(Decide(Claim("Musterfall", "Synthia", null), named: s_case)).Reason, Is.EqualTo("patient-disagrees"));

    [Test]
    public void The_other_sex_is_a_veto()
    {
        PatientClaim claim = s_same with { Sex = AdministrativeSex.Male, Identifiers = [s_known] };

        Assert.That(Held(Decide(claim, named: s_case)).Reason, Is.EqualTo("patient-disagrees"));
        Assert.That(Held(Decide(claim, linked: [s_case])).Reason, Is.EqualTo("reused-identifier"));
    }

    [Test]
    public void A_known_number_on_somebody_else_suggests_whose_it_is_and_whom_the_record_names()
    {
        CaseFile other = File(2, "p2", "Andersfall", "Runa", new PartialDate(1950, 2, 3));
        PatientClaim claim = Claim("Andersfall", "Runa", new PartialDate(1950, 2, 3), s_known);

        AssignmentDecision.Hold hold = Held(Decide(claim, linked: [s_case], candidates: [other]));

        Assert.That((hold.Reason, hold.SuggestedCases), Is.EqualTo(("reused-identifier", new[] { s_case.Number, other.Number })));
    }

    [Test]
    public void A_twin_is_held()
    {
        PatientClaim twin = Claim("Musterfall", "Exempla", new PartialDate(1961, 4, 9), s_known);

        Assert.That(Held(Decide(twin, named: s_case)).Reason, Is.EqualTo("patient-disagrees"));
        Assert.That(Held(Decide(twin, linked: [s_case])).Reason, Is.EqualTo("reused-identifier"));
    }

    [Test]
    public void An_identifier_of_another_patient_is_held()
    {
        CaseFile other = File(2, "p2", "Musterfall", "Synthia", new PartialDate(1961, 4, 9), s_unknown);

        Assert.That(
            Held(Decide(s_same with { Identifiers = [s_unknown] }, named: s_case, linked: [other])).Reason,
            Is.EqualTo("identifier-of-another-patient"));
    }

    [Test]
    public void A_known_identifier_files_by_itself_and_the_same_number_of_another_issuer_does_not()
    {
        Assert.That(
            Filed(Decide(s_same with { Identifiers = [s_known] }, linked: [s_case])).Because, Is.EqualTo("linked-identifier"));
        Assert.That(
            Held(Decide(s_same with { Identifiers = [s_unknown] }, candidates: [s_case])).Reason,
            Is.EqualTo("no-matching-case"));
    }

    [Test]
    public void Name_and_birth_date_alone_only_suggest() =>
        Assert.That(Held(Decide(s_same, candidates: [s_case])).SuggestedCases, Is.EqualTo(new[] { s_case.Number }));

    [Test]
    public void A_patient_with_two_open_cases_is_held_and_both_are_suggested()
    {
        CaseFile second = s_case with { Number = new CaseNumber(2) };

        AssignmentDecision.Hold held = Held(Decide(s_same with { Identifiers = [s_known] }, linked: [second, s_case]));

        Assert.That(held.Reason, Is.EqualTo("several-open-cases"));
        Assert.That(held.SuggestedCases, Is.EqualTo(new[] { s_case.Number, second.Number }));
    }

    [Test]
    public void A_closed_case_takes_nothing()
    {
        CaseFile closed = s_case with { Status = CaseStatus.Cancelled };

        Assert.That(Held(Decide(s_same, named: closed)).Reason, Is.EqualTo("case-closed"));
        Assert.That(
            Held(Decide(s_same with { Identifiers = [s_known] }, linked: [closed])).Reason, Is.EqualTo("no-matching-case"));
    }

    [Test]
    public void A_case_that_does_not_exist_is_said() => Assert.That(
        Held(Assignment.Decide(s_same, new AssignmentEvidence { NamedNumber = new CaseNumber(9) })).Reason,
        Is.EqualTo("no-such-case"));

    [Test]
    public void A_patient_by_reference_only_is_held() => Assert.That(
        Held(Decide(new PatientClaim { ByReferenceOnly = true }, named: s_case)).Reason,
        Is.EqualTo("patient-by-reference-only"));

    [Test]
    public void The_issuer_is_the_same_however_its_oid_is_written() => Assert.That(
        Filed(Decide(s_same with { Identifiers = [new("urn:oid:1.2.3", " 77 ")] }, linked: [s_case])).Case,
        Is.EqualTo(s_case));

    [Test]
    public void Nobody_is_ever_filed_on_a_case_of_a_person_with_another_name_and_birth_date()
    {
        string[] families = ["Musterfall", "Andersfall", "Muster", "TEST"];
        string[] given = ["Synthia", "Ignotus", "S", "", "Exempla"];
        Gen<PatientClaim> claims = Gen.Select(
            Gen.Int[0, families.Length - 1].Select(i => families[i]), Gen.Int[0, given.Length - 1].Select(i => given[i]), Gen.Int[1959, 1963], Gen.Int[3, 5], Gen.Int[8, 10], Gen.Bool,
            (family, first, year, month, day, known) =>
                Claim(family, first, new PartialDate(year, month, day), known ? s_known : s_unknown));
        claims.Sample(claim =>
        {
            bool sameGiven = claim.Names[0].Given is "Synthia";
            bool sameFamily = claim.Names[0].Family is "Musterfall";
            bool stranger = !sameGiven && !sameFamily && claim.BirthDate != s_case.Patient.BirthDate
                && claim.Names[0].Given is not ("S" or "");
            foreach (AssignmentDecision decision in new[] { Decide(claim, named: s_case), Decide(claim, linked: [s_case]) })
            {
                Assert.That(stranger && decision is AssignmentDecision.File, Is.False);
            }
        });
    }

    private static AssignmentDecision Decide(
        PatientClaim claim, CaseFile? named = null, CaseFile[]? linked = null, CaseFile[]? candidates = null) =>
        Assignment.Decide(claim, new AssignmentEvidence
        {
            NamedNumber = named?.Number ?? default,
            Named = named,
            Linked = linked ?? [],
            Candidates = candidates ?? [],
        });

    private static AssignmentDecision.File Filed(AssignmentDecision decision)
    {
        Assert.That(decision, Is.InstanceOf<AssignmentDecision.File>());
        return (AssignmentDecision.File)decision;
    }

    private static AssignmentDecision.Hold Held(AssignmentDecision decision)
    {
        Assert.That(decision, Is.InstanceOf<AssignmentDecision.Hold>());
        return (AssignmentDecision.Hold)decision;
    }

    private static PatientClaim Claim(
        string family, string given, PartialDate? birthDate, params PatientIdentifier[] identifiers) => new()
        {
            Names = [new PersonName(family, given)],
            BirthDate = birthDate,
            Identifiers = identifiers,
        };

    private static CaseFile File(
        long number, string patient, string family, string given, PartialDate birthDate, PatientIdentifier? identifier = null) =>
        new()
        {
            Number = new CaseNumber(number),
            Specialty = "oncology",
            Status = CaseStatus.Compiling,
            Patient = new CasePatient
            {
                Id = patient,
                Name = new PersonName(family, given),
                BirthDate = birthDate,
                Sex = AdministrativeSex.Female,
                Identifiers = [identifier ?? s_known],
            },
            Question = "?",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
}
