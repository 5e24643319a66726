using NUnit.Framework;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Tests.Identity;

public sealed class NameLevelTests
{
    private static readonly MatchWeights s_weights = MatchWeights.BuiltIn;

    [TestCase("Müller", "Jörg", "MUELLER", "JOERG")]
    [TestCase("Müller", "Jörg", "Muller", "Jorg")]
    [TestCase("Strauß", "Ida", "STRAUSS", "IDA")]
    [TestCase("Smith-Jones", "Ann", "SMITH JONES", "ANN")]
    [TestCase("O'Brien", "Mary Ann", "OBRIEN", "MARY")]
    [TestCase("Smith", "Mary Ann", "Smith", "Mary A.")]
    [TestCase("Smith Jr", "John", "Smith", "John Junior")]
    [TestCase("Ångström", "Åse", "AANGSTROEM", "AASE")]
    [TestCase("van der Berg", "Ida", "BERG", "IDA VAN DER")]
    [TestCase("al-Masri", "Huda", "ALMASRI", "HUDA")]
    [TestCase("Иванов", "Сергей", "Ivanov", "Sergey")]
    [TestCase("Παππάς", "Άννα", "Pappas", "Anna")]
    [TestCase("山田", "たろう", "山田", "タロウ")]
    public void The_same_name_agrees_however_it_is_written(string family, string given, string claimed, string claimedGiven)
    {
        IdentityMatch match = Compare(family, given, claimed, claimedGiven);

        Assert.That(match.LevelOf(MatchField.FamilyName), Is.EqualTo(MatchLevel.Exact));
        Assert.That(match.LevelOf(MatchField.GivenName), Is.EqualTo(MatchLevel.Exact));
        Assert.That(match.Vetoes, Is.Empty);
    }

    [TestCase("Smith", "John", "John", "Smith", nameof(MatchLevel.Swapped), nameof(MatchLevel.Exact))]
    [TestCase("Kim", "Min Jun", "KIM", "MIN SEO", nameof(MatchLevel.Exact), nameof(MatchLevel.Part))]
    [TestCase("Smith", "John", "Smith", "Jane", nameof(MatchLevel.Exact), nameof(MatchLevel.Different))]
    [TestCase("Smith", "John", "Jones", "Jane", nameof(MatchLevel.Different), nameof(MatchLevel.Different))]
    [TestCase("Smith", "Jane", "Jones", "Jane", nameof(MatchLevel.Different), nameof(MatchLevel.Exact))]
    [TestCase("Smith", "John", "Smith", "J", nameof(MatchLevel.Exact), nameof(MatchLevel.Initial))]
    [TestCase("Smith", "John", "Smith", "", nameof(MatchLevel.Exact), nameof(MatchLevel.Unsaid))]
    [TestCase("Smith", "John", "Jones", "", nameof(MatchLevel.Different), nameof(MatchLevel.Unsaid))]
    [TestCase("Smith", "William", "Smith", "Bill", nameof(MatchLevel.Exact), nameof(MatchLevel.ShortForm))]
    [TestCase("Garcia Lopez", "Ana", "Garcia", "Ana", nameof(MatchLevel.Part), nameof(MatchLevel.Exact))]
    [TestCase("Musterfall", "Synthia", "Mustrefall", "Synthia", nameof(MatchLevel.Close), nameof(MatchLevel.Exact))]
    [TestCase("Шевченко", "Ida", "Chevtchenko", "Ida", nameof(MatchLevel.Different), nameof(MatchLevel.Exact))]
    [TestCase("Щербаков", "Юрий", "Scherbakov", "Iuri", nameof(MatchLevel.Romanised), nameof(MatchLevel.Romanised))]
    [TestCase("المصري", "Ida", "Masri", "Ida", nameof(MatchLevel.Romanised), nameof(MatchLevel.Exact))]
    [TestCase("محمد", "Ida", "Mohammed", "Ida", nameof(MatchLevel.Romanised), nameof(MatchLevel.Exact))]
    [TestCase("Kim", "Christine", "Kim", "Christina", nameof(MatchLevel.Exact), nameof(MatchLevel.Different))]
    [TestCase("Kim", "Christine", "Kim", "Christiane", nameof(MatchLevel.Exact), nameof(MatchLevel.Different))]
    [TestCase("Kim", "Synthia", "Kim", "Snythia", nameof(MatchLevel.Exact), nameof(MatchLevel.Slip))]
    [TestCase("Kim", "Synthiana", "Kim", "Synhiana", nameof(MatchLevel.Exact), nameof(MatchLevel.Slip))]
    [TestCase("Kim", "Synthia", "Kim", "Synhia", nameof(MatchLevel.Exact), nameof(MatchLevel.Close))]
    [TestCase("Kim", "Marina", "Kim", "Marian", nameof(MatchLevel.Exact), nameof(MatchLevel.Close))]
    [TestCase("Kim", "Арно", "Kim", "Aron", nameof(MatchLevel.Exact), nameof(MatchLevel.Different))]
    [TestCase("Kim", "Елена", "Kim", "Yelena", nameof(MatchLevel.Exact), nameof(MatchLevel.Exact))]
    public void Names_that_are_not_the_same_say_how_far_they_are(
        string family, string given, string claimed, string claimedGiven, string familyLevel, string givenLevel)
    {
        IdentityMatch match = Compare(family, given, claimed, claimedGiven);

        Assert.That(match.LevelOf(MatchField.FamilyName).ToString(), Is.EqualTo(familyLevel));
        Assert.That(match.LevelOf(MatchField.GivenName).ToString(), Is.EqualTo(givenLevel));
    }

    [Test]
    public void A_name_without_any_word_is_not_said() =>
        Assert.That(Compare("Smith", "John", "", "").LevelOf(MatchField.FamilyName), Is.EqualTo(MatchLevel.Unsaid));

    [Test]
    public void Any_writing_of_the_name_may_agree() => Assert.That(
        Compare([new("山田", "太郎"), new("Yamada", "Tarou")], new PersonName("Yamada", "Tarou")).LevelOf(MatchField.GivenName),
        Is.EqualTo(MatchLevel.Exact));

    [Test]
    public void Ideographs_tell_apart_who_is_romanised_alike()
    {
        IdentityMatch match = PersonMatcher.Compare(
            Of([new("Wang", "Wei"), new("王", "伟")]), Of([new("Wang", "Wei"), new("王", "薇")]), s_weights);

        Assert.That(match.LevelOf(MatchField.GivenName), Is.EqualTo(MatchLevel.Different));
    }

    [Test]
    public void A_name_that_was_cut_off_at_64_characters_agrees_up_to_there()
    {
        string family = new('m', 40);
        IdentityMatch match = Compare(family, "Synthia Exempla Paradigma Simulata", family, "Synthia Exempla Paradi");

        Assert.That(match.LevelOf(MatchField.GivenName), Is.EqualTo(MatchLevel.Cut));
    }

    [TestCase("Smith", "John Senior", "Smith", "John Jr.")]
    [TestCase("Smith", "John", "Smith", "John II")]
    public void Generations_that_differ_are_for_a_person(string family, string given, string claimed, string claimedGiven) =>
        Assert.That(Compare(family, given, claimed, claimedGiven).Vetoes, Does.Contain(MatchVeto.Generation));

    [TestCase("TRAUMA", "Unknown")]
    [TestCase("Musterfall", "Baby Boy")]
    [TestCase("Anonymous", "")]
    public void A_name_that_stands_for_no_name_is_for_a_person(string family, string given) =>
        Assert.That(Compare("Musterfall", "Synthia", family, given).Vetoes, Does.Contain(MatchVeto.PlaceholderName));

    [Test]
    public void A_common_name_weighs_less_than_a_rare_one() => Assert.That(
        Compare("Kim", "Min", "Kim", "Min").Bits, Is.LessThan(Compare("Musterfall", "Synthia", "Musterfall", "Synthia").Bits - 10));

    private static IdentityMatch Compare(string family, string given, string claimed, string claimedGiven) =>
        Compare([new PersonName(claimed, claimedGiven)], new PersonName(family, given));

    private static IdentityMatch Compare(PersonName[] claimed, PersonName known) =>
        PersonMatcher.Compare(Of(claimed), Of([known]), s_weights);

    private static Person Of(PersonName[] names) => Person.Of(new PatientClaim { Names = names }, s_weights);
}
