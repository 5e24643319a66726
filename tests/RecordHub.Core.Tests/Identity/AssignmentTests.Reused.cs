using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity;

public sealed partial class AssignmentTests
{
    private static readonly CaseFile s_inSigns = File(4, "p4", "山田", "太郎", new PartialDate(1961, 4, 9));

    [TestCase("ANON", "")]
    [TestCase("ANONYMOUS", "PATIENT")]
    [TestCase("匿名", "患者")]
    [TestCase("Аноним", "")]
    public void A_placeholder_is_held_though_its_number_is_known_and_the_names_cannot_be_compared(string family, string given)
    {
        PatientClaim claim = Claim(family, given, new PartialDate(1961, 4, 9), s_known);

        Assert.That(Held(Decide(claim, named: s_inSigns)).Reason, Is.EqualTo("patient-disagrees"));
        Assert.That(Held(Decide(claim, linked: [s_inSigns])).Reason, Is.EqualTo("reused-identifier"));
        Assert.That(Held(Decide(claim, linked: [s_case])).Reason, Is.EqualTo("reused-identifier"));
    }

    [TestCase("Andersfall", "Synthia")]
    [TestCase("Andersfall", "")]
    [TestCase("山田", "太郎")]
    public void A_known_number_without_a_birth_date_is_held_where_the_name_does_not_say_that_it_is_the_patients(string family, string given)
    {
        PatientClaim claim = Claim(family, given, null, s_known);

        Assert.That(Held(Decide(claim, named: s_case)).Reason, Is.EqualTo("patient-disagrees"));
        Assert.That(Held(Decide(claim, linked: [s_case])).Reason, Is.EqualTo("reused-identifier"));
    }

    [Test]
    public void A_known_number_files_after_a_marriage_and_in_another_script_where_the_birth_date_agrees()
    {
        PartialDate born = new(1961, 4, 9);

        Assert.That(Filed(Decide(Claim("Andersfall", "Synthia", born, s_known), linked: [s_case])).Case, Is.EqualTo(s_case));
        Assert.That(Filed(Decide(Claim("山田", "太郎", born, s_known), linked: [s_case])).Case, Is.EqualTo(s_case));
        Assert.That(Filed(Decide(Claim("Musterfall", "Synthia", null, s_known), linked: [s_case])).Case, Is.EqualTo(s_case));
    }
}
