using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity;

/// <summary>What is inside a record, and what says no more than a birth date.</summary>
public sealed partial class AssignmentTests
{
    private static readonly CaseFile s_otherCase = File(4, "p4", "Andersfall", "Ignotus", new PartialDate(1940, 2, 3)) with
    {
        Patient = new CasePatient
        {
            Id = "p4",
            Name = new PersonName("Andersfall", "Ignotus"),
            BirthDate = new PartialDate(1940, 2, 3),
            Identifiers = [new PatientIdentifier("1.2.3", "99")],
        },
    };

    private static IEnumerable<TestCaseData> Strangers()
    {
        yield return new TestCaseData(Claim("Andersfall", "Ignotus", new PartialDate(1940, 2, 3))).SetArgDisplayNames("another person");
        yield return new TestCaseData(Claim("Musterfall", "Exempla", new PartialDate(1961, 4, 9))).SetArgDisplayNames("a twin");
        yield return new TestCaseData(Claim("Musterfall", "Synthia", new PartialDate(1931, 7, 2))).SetArgDisplayNames("a parent");
        yield return new TestCaseData(new PatientClaim { Names = [new PersonName("Musterfall", "Exempla")] }).SetArgDisplayNames("a sibling");
        yield return new TestCaseData(new PatientClaim { BirthDate = new PartialDate(1940, 2, 3) }).SetArgDisplayNames("another birth date");
        yield return new TestCaseData(s_same with { Sex = AdministrativeSex.Male }).SetArgDisplayNames("another sex");
        yield return new TestCaseData(s_same with { Identifiers = [new PatientIdentifier("1.2.3", "99")] }).SetArgDisplayNames("another one's number");
        yield return new TestCaseData(new PatientClaim { ByReferenceOnly = true }).SetArgDisplayNames("several people");
    }

    private static IEnumerable<TestCaseData> SamePatients()
    {
        yield return new TestCaseData(s_same).SetArgDisplayNames("the same");
        yield return new TestCaseData(Claim("Müsterfall", "Synthia Ann", new PartialDate(1961, 4, 9))).SetArgDisplayNames("other writing");
        yield return new TestCaseData(Claim("Synthia", "Musterfall", new PartialDate(1961, 4, 9))).SetArgDisplayNames("swapped");
        yield return new TestCaseData(Claim("Neufall", "Synthia", new PartialDate(1961, 4, 9))).SetArgDisplayNames("married");
        yield return new TestCaseData(Claim("Musterfall", "Synthia", new PartialDate(1961, 4, 8))).SetArgDisplayNames("a digit of the date");
        yield return new TestCaseData(new PatientClaim { Names = [new PersonName("Musterfall", "Synthia")] }).SetArgDisplayNames("no birth date");
        yield return new TestCaseData(new PatientClaim { Identifiers = [s_unknown] }).SetArgDisplayNames("a number of another house");
        yield return new TestCaseData(new PatientClaim { Identifiers = [new PatientIdentifier("1.2.3", "4")] }).SetArgDisplayNames("a number nobody knows");
        yield return new TestCaseData(Claim("ANON", "PATIENT", new PartialDate(1961, 4, 9))).SetArgDisplayNames("a placeholder");
    }

    [TestCaseSource(nameof(Strangers))]
    public void A_record_waits_whose_envelope_fits_and_whose_content_is_somebody_elses(PatientClaim inside)
    {
        PatientClaim claim = s_same with { Identifiers = [s_known], Inside = [new EmbeddedClaim("attachment 1", inside)] };
        AssignmentEvidence known = new() { Linked = [s_case, s_otherCase] };

        foreach (AssignmentEvidence evidence in new[] { known, known with { NamedNumber = s_case.Number, Named = s_case } })
        {
            AssignmentDecision.Hold held = Held(Assignment.Decide(claim, evidence));

            Assert.That(held.Reason, Is.EqualTo("part-disagrees"));
            Assert.That(held.Explanation, Does.Contain("attachment 1").And.Not.Contain("fall,"));
            Assert.That(held.SuggestedCases, Does.Contain(s_case.Number));
        }
    }

    [TestCaseSource(nameof(SamePatients))]
    public void What_is_inside_changes_nothing_when_it_is_the_same_patients(PatientClaim inside)
    {
        PatientClaim claim = s_same with { Identifiers = [s_known], Inside = [new EmbeddedClaim("attachment 1", inside)] };

        Assert.That(Filed(Decide(claim, named: s_case)).Because, Is.EqualTo("verified"));
        Assert.That(
            Filed(Assignment.Decide(claim, new AssignmentEvidence { Linked = [s_case, s_otherCase] })).Because, Is.EqualTo("linked-identifier"));
    }

    [Test]
    public void A_person_may_assign_a_record_whose_content_disagrees()
    {
        PatientClaim claim = s_same with { Inside = [new EmbeddedClaim("attachment 1", Claim("Andersfall", "Ignotus", new PartialDate(1940, 2, 3)))] };

        Assert.That(Filed(Assignment.ByPerson(claim, s_case, new AssignmentEvidence(), "coordinator")).Because, Is.EqualTo("assigned"));
    }

    [TestCase(1961, 4, 9, true)]
    [TestCase(1961, 4, 0, true)]
    [TestCase(1961, 4, 8, false)]
    [TestCase(1961, 9, 4, false)]
    [TestCase(1970, 1, 5, false)]
    public void A_birth_date_without_a_name_only_speaks_against(int year, int month, int day, bool files)
    {
        AssignmentDecision decision = Decide(new PatientClaim { BirthDate = new PartialDate(year, month, day) }, named: s_case);

        Assert.That(decision, files ? Is.TypeOf<AssignmentDecision.File>() : Is.TypeOf<AssignmentDecision.Hold>());
    }

    [TestCase(4, 9, true)]
    [TestCase(9, 4, true)]
    [TestCase(1, 5, false)]
    public void A_date_with_two_readings_disagrees_when_neither_fits(int first, int second, bool files)
    {
        PatientClaim claim = new()
        {
            BirthDate = new PartialDate(1961),
            BirthDateReadings = [new PartialDate(1961, first, second), new PartialDate(1961, second, first)],
        };

        Assert.That(Decide(claim, named: s_case), files ? Is.TypeOf<AssignmentDecision.File>() : Is.TypeOf<AssignmentDecision.Hold>());
    }
}
