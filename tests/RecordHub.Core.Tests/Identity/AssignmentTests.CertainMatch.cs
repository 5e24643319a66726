using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity;

public sealed partial class AssignmentTests
{
    private static readonly PatientClaim s_woman = Claim("MUSTERFALL", "SYNTHIA", new PartialDate(1961, 4, 9)) with
    {
        Sex = AdministrativeSex.Female,
    };

    [Test]
    public void Name_birth_date_and_sex_of_one_patient_alone_are_certain_and_the_identifier_is_learnt()
    {
        AssignmentDecision.File filed = Filed(Decide(s_woman with { Identifiers = [s_unknown] }, candidates: [s_case]));

        Assert.That(filed.Because, Is.EqualTo("certain-match"));
        Assert.That(filed.Links.Single().Identifier, Is.EqualTo(s_unknown));
    }

    [Test]
    public void Two_patients_who_both_fit_are_held_and_both_are_suggested()
    {
        CaseFile other = File(2, "p2", "Musterfall", "Synthia", new PartialDate(1961, 4, 9));

        AssignmentDecision.Hold held = Held(Decide(s_woman, candidates: [other, s_case]));

        Assert.That(held.Reason, Is.EqualTo("several-patients-alike"));
        Assert.That(held.SuggestedCases, Is.EqualTo(new[] { s_case.Number, other.Number }));
    }

    [Test]
    public void A_patient_of_a_closed_case_who_fits_as_well_makes_nobody_certain()
    {
        CaseFile closed = File(2, "p2", "Musterfall", "Synthia", new PartialDate(1961, 4, 9)) with
        {
            Status = CaseStatus.Cancelled,
        };

        Assert.That(Held(Decide(s_woman, candidates: [closed, s_case])).Reason, Is.EqualTo("several-patients-alike"));
    }

    [Test]
    public void Nobody_is_certain_among_candidates_that_were_not_all_looked_at() => Assert.That(
        Assignment.Decide(s_woman, new AssignmentEvidence { Candidates = [s_case], MoreCandidates = true }),
        Is.InstanceOf<AssignmentDecision.Hold>());

    [Test]
    public void Another_number_of_the_same_issuer_makes_a_match_of_name_and_birth_date_uncertain() => Assert.That(
        Held(Decide(s_woman with { Identifiers = [new("1.2.3", "78")] }, candidates: [s_case])).SuggestedCases,
        Is.EqualTo(new[] { s_case.Number }));

    [Test]
    public void A_common_name_is_never_certain_by_name_birth_date_and_sex()
    {
        CaseFile common = File(2, "p2", "Smith", "Mary", new PartialDate(1961, 4, 9));

        AssignmentDecision.Hold held = Held(Decide(
            Claim("Smith", "Mary", new PartialDate(1961, 4, 9)) with { Sex = AdministrativeSex.Female }, candidates: [common]));

        Assert.That(held.SuggestedCases, Is.EqualTo(new[] { common.Number }));
    }

    [Test]
    public void A_number_that_fails_its_check_digit_is_nobodys()
    {
        PatientIdentifier right = new("https://fhir.nhs.uk/Id/nhs-number", "9434765919");
        PatientIdentifier wrong = right with { Value = "9434765918" };

        Assert.That(Identifiers.Issued([right, wrong]), Is.EqualTo(new[] { right }));
    }
}
