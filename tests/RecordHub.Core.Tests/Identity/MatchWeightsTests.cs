using NUnit.Framework;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Tests.Identity;

public sealed class MatchWeightsTests
{
    private static readonly MatchWeights s_weights = MatchWeights.BuiltIn;

    [Test]
    public void The_bits_of_the_file_follow_from_its_probabilities()
    {
        foreach ((MatchField field, Dictionary<MatchLevel, MatchWeightsFile.Weight> levels) in s_weights.File.Fields)
        {
            foreach ((MatchLevel level, MatchWeightsFile.Weight weight) in levels)
            {
                Assert.That(weight.Bits, Is.EqualTo(Math.Log2(weight.M / weight.U)).Within(0.051), $"{field} {level}");
            }
        }
    }

    [Test]
    public void The_chances_of_a_field_do_not_add_up_to_more_than_one()
    {
        foreach ((MatchField field, Dictionary<MatchLevel, MatchWeightsFile.Weight> levels) in s_weights.File.Fields)
        {
            // How far a date agrees when it is said in part is a chance among dates that are said in part.
            IEnumerable<MatchWeightsFile.Weight> weights = levels
                .Where(pair => pair.Key is not (MatchLevel.Year or MatchLevel.YearAndMonth)).Select(pair => pair.Value);
            Assert.That(weights.Sum(weight => weight.M), Is.LessThanOrEqualTo(1 + 1e-9), field.ToString());
        }
    }

    [TestCase("1961-04-09", "1961-04-09", nameof(MatchLevel.Exact))]
    [TestCase("1961-04", "1961-04-09", nameof(MatchLevel.YearAndMonth))]
    [TestCase("1961", "1961-04-09", nameof(MatchLevel.Year))]
    [TestCase("1961-09-04", "1961-04-09", nameof(MatchLevel.Swapped))]
    [TestCase("1961-04-19", "1961-04-09", nameof(MatchLevel.OneDigit))]
    [TestCase("1962-04-09", "1961-04-09", nameof(MatchLevel.OneDigit))]
    [TestCase("1961-04-10", "1961-04-09", nameof(MatchLevel.OneDigit))]
    [TestCase("1960-04-09", "1959-04-09", nameof(MatchLevel.OneDigit))]
    [TestCase("1991-04-09", "1961-04-09", nameof(MatchLevel.OneComponent))]
    [TestCase("1960", "1961-04-09", nameof(MatchLevel.OneComponent))]
    [TestCase("1961-05-10", "1961-04-09", nameof(MatchLevel.Different))]
    [TestCase("1961-13-09", "1961-04-09", nameof(MatchLevel.Unsaid))]
    public void A_birth_date_agrees_as_far_as_it_says(string claimed, string known, string level)
    {
        PartialDate? one = PartialDate.TryParse(claimed, out PartialDate date) ? date : null;

        Assert.That(PartialDate.TryParse(known, out PartialDate other), Is.True);
        Assert.That(BirthDateLevels.Of(one, other).ToString(), Is.EqualTo(level));
    }

    [TestCase("+49 (0)89 1234 5678", "089-12345678")]
    [TestCase("0044 20 7946 0018", "020 7946 0018")]
    public void A_telephone_number_is_the_same_with_and_without_its_prefixes(string one, string other) =>
        Assert.That(ContactLevels.Phone(one), Is.EqualTo(ContactLevels.Phone(other)));

    [Test]
    public void Leading_zeros_and_separators_are_told_from_the_same_number()
    {
        PatientIdentifier known = new("1.2.3", "0012-345");

        Assert.That(IdentifierLevels.Of([new("1.2.3", "12345")], [known]).Level, Is.EqualTo(MatchLevel.Padded));
        Assert.That(IdentifierLevels.Of([new("1.2.9", "0012-345")], [known]).Level, Is.EqualTo(MatchLevel.Unsaid));
        Assert.That(IdentifierLevels.Of([new("1.2.3", "777")], [known]).Level, Is.EqualTo(MatchLevel.Different));
    }
}
