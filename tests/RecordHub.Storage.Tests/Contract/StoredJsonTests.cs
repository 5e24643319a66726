using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What JSON columns hold was written by every version before.</summary>
public sealed class StoredJsonTests
{
    [Test]
    public void A_source_names_its_case_as_it_always_did()
    {
        string written = StoredJson.Of(new Source { Door = Door.CStore, Case = new(7), Tenant = Tenant.Parse("north") });

        Assert.That(written, Does.Contain("\"Case\":{\"Value\":7}"));
        Assert.That(StoredJson.ToSource(written).Case.Value, Is.EqualTo(7));
    }

    [TestCase("{\"Door\":\"Import\",\"Case\":{\"Value\":9},\"Tenant\":\"default\"}", 9)]
    [TestCase("{\"Door\":\"Import\",\"Case\":{\"Later\":[1,{}],\"Value\":9},\"Tenant\":\"default\"}", 9)]
    [TestCase("{\"Door\":\"Import\",\"Case\":{},\"Tenant\":\"default\"}", 0)]
    [TestCase("{\"Door\":\"Import\",\"Tenant\":\"default\"}", 0)]
    public void A_member_that_is_new_or_missing_is_no_error(string written, long number) =>
        Assert.That(StoredJson.ToSource(written).Case.Value, Is.EqualTo(number));

    [Test]
    public void A_claim_of_before_has_nothing_inside_and_one_of_now_keeps_it()
    {
        PatientClaim before = StoredJson.ToClaim("""{"Identifiers":[],"Names":[],"Sex":"Unknown","Postcodes":[],"Phones":[],"ByReferenceOnly":false}""");
        PatientClaim now = StoredJson.ToClaim(StoredJson.Of(new PatientClaim
        {
            BirthDate = new PartialDate(1961),
            BirthDateReadings = [new PartialDate(1961, 4, 9), new PartialDate(1961, 9, 4)],
            Inside = [new EmbeddedClaim("attachment 1", new PatientClaim { Names = [new PersonName("Muster", "Anna")] })],
        }));

        Assert.That(before.Inside, Is.Null);
        Assert.That(before.BirthDateReadings, Is.Null);
        Assert.That(now.BirthDateReadings, Has.Count.EqualTo(2));
        Assert.That(now.Inside!.Single().Claim.Names.Single().Family, Is.EqualTo("Muster"));
    }

    [TestCase("9")]
    [TestCase("null")]
    [TestCase("[9]")]
    [TestCase("{\"Value\":\"nine\"}")]
    public void What_is_no_number_of_a_case_is_not_read_as_one(string written) => Assert.Throws<JsonException>(
        () => StoredJson.ToSource($"{{\"Door\":\"Import\",\"Case\":{written},\"Tenant\":\"default\"}}"));
}
